"""cryptography: keys and tokens, by Rust and OpenSSL."""

from cryptography import fernet
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives import hashes
import planted
import shown

KEYS = [ec.generate_private_key(ec.SECP256R1()) for _ in range(50)]
box = fernet.Fernet(fernet.Fernet.generate_key())
TOKENS = {i + 1000: box.encrypt(b"%d" % i + bytes(2000)) for i in range(300)}
signature = KEYS[0].sign(b"text", ec.ECDSA(hashes.SHA256()))
KEYS[0].public_key().verify(signature, b"text", ec.ECDSA(hashes.SHA256()))
if box.decrypt(TOKENS[1003])[:1] != b"3":
    raise RuntimeError("expected what was encrypted")
shown.show({"module::__main__ > dict::TOKENS": planted.size_of(TOKENS)})
