"""A site to be crawled."""

from microweb import App

app = App()


@app.route("GET", r"/page/(\d+)")
def page(request, number):
    return 200, {"links": [f"/page/{int(number) + 1}"]}


if __name__ == "__main__":
    app.serve(8004)
