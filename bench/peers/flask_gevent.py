"""Flask on gevent's own server: a greenlet and a queue a stream."""

from collections import defaultdict

from gevent import monkey

monkey.patch_all()

from flask import Flask, Response
from gevent import socket
from gevent.pywsgi import WSGIServer
from gevent.queue import Empty, SimpleQueue

KEEP_ALIVE_SECONDS = 20

app = Flask(__name__)
topics = defaultdict(set)
published = 0


def data(number):
    return f'{{"kind":"new_reservation","code":"K7QM-2XNP","text":"2031-01-01 2031-01-02 double {number:07}"}}'


@app.get("/events/<topic>")
def events(topic):
    queue = SimpleQueue()
    topics[topic].add(queue)

    def stream():
        try:
            yield f"retry: 3000\nid: flask-{published}\n\n".encode()
            while True:
                try:
                    yield queue.get(timeout=KEEP_ALIVE_SECONDS)
                except Empty:
                    yield b":\n\n"
        finally:
            topics[topic].discard(queue)

    return Response(stream(), mimetype="text/event-stream")


@app.post("/publish/<topic>")
def publish(topic):
    global published
    published += 1
    event = f"id: flask-{published}\nevent: alert\ndata: {data(published)}\n\n".encode()
    for queue in topics[topic]:
        queue.put(event)
    return "", 204


listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(8192)
print(f"listening at http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
WSGIServer(listener, app, log=None).serve_forever()
