"""Takes scans of letters and spools their pages."""

import time
from contextlib import ExitStack
from pathlib import Path

from microweb import App

SPOOL = Path("/srv/tmp")
app = App()


@app.route("POST", r"/scans/(\w+)")
def upload(request, letter):
    with ExitStack() as open_files:
        for page in ("front", "back", "thumbnail"):
            file = open_files.enter_context((SPOOL / f"{letter}-{page}").open("wb"))
            file.write(b"\x89PNG")
        time.sleep(0.5)
    return 201, {"letter": letter, "pages": 3}


if __name__ == "__main__":
    app.serve(8000)
