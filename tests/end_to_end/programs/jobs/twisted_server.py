"""Twisted: a line server with open connections."""

import planted
from twisted.internet import defer, protocol, reactor
from twisted.protocols import basic

NUM_CLIENTS = 50


class Echo(basic.LineReceiver):
    def connectionMade(self):
        self.inbox = []

    def lineReceived(self, line):
        self.inbox.append(line + bytes(10_000))
        self.factory.seen[line] = bytes(2000)
        self.sendLine(line)


class EchoFactory(protocol.Factory):
    protocol = Echo

    def __init__(self):
        self.seen = {}
        self.open = []

    def buildProtocol(self, addr):
        self.open.append(super().buildProtocol(addr))
        return self.open[-1]


class Client(basic.LineReceiver):
    def connectionMade(self):
        self.sendLine(b"client %d" % id(self))

    def lineReceived(self, line):
        ANSWERS.append(line)
        if len(ANSWERS) == NUM_CLIENTS:
            done.callback(None)


def dump(result):
    planted.dump({
        "module::__main__ > EchoFactory::factory > dict::seen": planted.size_of(factory.seen),
        "Echo:: > list::inbox": planted.size_of(*(echo.inbox for echo in factory.open)),
        "module::__main__ > list::ANSWERS": planted.size_of(ANSWERS)})


ANSWERS = []
factory = EchoFactory()
done = defer.Deferred()
done.addCallback(dump)
done.addBoth(lambda result: reactor.stop())
port = reactor.listenTCP(0, factory, interface="127.0.0.1")
for _ in range(NUM_CLIENTS):
    client = protocol.ClientFactory.forProtocol(Client)
    client.noisy = False
    reactor.connectTCP("127.0.0.1", port.getHost().port, client)
reactor.run()
