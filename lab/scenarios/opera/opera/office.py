from microweb import App

app = App()


@app.route("GET", r"/nights/(\d+)")
def night(request, number):
    return 200, {"seats": 900 - 7 * int(number)}


if __name__ == "__main__":
    app.serve(8000)
