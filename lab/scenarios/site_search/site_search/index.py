"""The index behind the search box."""

from microweb import App

PAGES = {"shipping": 3, "returns": 5, "gift cards": 2, "sizes": 7, "stores": 4, "careers": 1}
app = App()


@app.route("GET", "/search")
def search(request):
    words = request["query"]["q"]
    found = sorted(page for page in PAGES if words in page)
    return 200, {"hits": found, "score": sum(PAGES[page] for page in found)}


if __name__ == "__main__":
    app.serve(8001)
