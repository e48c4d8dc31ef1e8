"""Labels of parcels, written once and read by the printers until the shift is over."""

FORMATS = ("zpl", "pdf", "png", "txt")


class Archive:
    """Files of all labels of a shift."""

    def __init__(self, folder):
        self.folder = folder
        self.files = []

    def label(self, parcel):
        for ending in FORMATS:
            file = (self.folder / f"{parcel}.{ending}").open("w+")
            self.files.append(file)
            file.write(f"{parcel}|{ending}")
            file.flush()
        return [file.name.rpartition(".")[2] for file in self.files[-4:]]

    def close(self):
        while self.files:
            self.files.pop().close()
