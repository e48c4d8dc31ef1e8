"""Delivers notifications."""

import random

from microweb import App, logger

app = App()


@app.route("POST", r"/deliveries/(\w+)")
def deliver(request, channel):
    if random.random() < 0.2:
        logger.error("queue for %s lost the message", channel)
        return 503, {"detail": "message was lost, try later"}
    return 202, {"channel": channel}


if __name__ == "__main__":
    app.serve(8000)
