"""gevent: a server with open connections, a greenlet each."""

from gevent import monkey

monkey.patch_all()  # Before all else, as its documentation asks.

import socket

import gevent
from gevent import event, server
import planted

NUM_CLIENTS = 100


class Chat:
    def __init__(self):
        self.members = {}

    def talk(self, connection, address):
        draft = bytearray(30_000)
        while line := connection.recv(100):
            self.members[line] = planted.rows(20)
            connection.sendall(line[: len(draft)])


chat = Chat()
listener = server.StreamServer(("127.0.0.1", 0), chat.talk)
listener.start()
answered = event.Event()
clients = []
for number in range(NUM_CLIENTS):
    clients.append(socket.create_connection(("127.0.0.1", listener.server_port)))
    clients[-1].sendall(b"member %d" % number)
    clients[-1].recv(100)
waiting = [gevent.spawn(answered.wait) for _ in range(100)]
gevent.sleep()
planted.dump({
    "Chat::chat > dict::members": planted.size_of(chat.members),
    "frame::talk > bytearray::draft": NUM_CLIENTS * planted.size_of(bytearray(30_000))})
