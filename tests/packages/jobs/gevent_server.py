"""gevent: a server with open connections, a greenlet each, and their drafts."""

from gevent import monkey

monkey.patch_all()

import socket

import gevent
from gevent import server
import planted
import shown

NUM_CLIENTS = 100
members = {}


def talk(connection, address):
    draft = bytearray(30_000)
    while line := connection.recv(100):
        members[line] = planted.rows(20)
        connection.sendall(line[: len(draft)])


listener = server.StreamServer(("127.0.0.1", 0), talk)
listener.start()
clients = []
for number in range(NUM_CLIENTS):
    clients.append(socket.create_connection(("127.0.0.1", listener.server_port)))
    clients[-1].sendall(b"member %d" % number)
    clients[-1].recv(100)
gevent.sleep()
shown.show({
    "module::__main__ > dict::members": planted.size_of(members),
    "frame::talk > bytearray::draft": NUM_CLIENTS * planted.size_of(bytearray(30_000))})
