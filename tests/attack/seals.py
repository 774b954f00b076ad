"""Opens what Trygg seals, with whatever keys an attacker holds: AES-256-GCM of the machine's libcrypto
and HKDF-SHA256. Labels and lengths are those of the drafts and envelopes; nothing of the service is used."""

import _hashlib
import ctypes
import hashlib
import hmac

# Python's own hashes come from libcrypto, and bring it with them.
CRYPTO = ctypes.CDLL(_hashlib.__file__)
CRYPTO.EVP_CIPHER_CTX_new.restype = ctypes.c_void_p
CRYPTO.EVP_aes_256_gcm.restype = ctypes.c_void_p
SET_TAG = 0x11
# As labelled in the draft's key derivation.
DRAFT_ID, DRAFT_KEY = b"trygg/draft-id/1", b"trygg/draft-key/1"
CODE_KEY = b"trygg/code/1"


def hkdf(secret, info, length, salt=b""):
    extracted = hmac.digest(salt or bytes(32), secret, "sha256")
    out, block, count = b"", b"", 1
    while len(out) < length:
        block = hmac.digest(extracted, block + info + bytes([count]), "sha256")
        out, count = out + block, count + 1
    return out[:length]


def gcm(key, nonce, aad, text, tag=None):
    """Seals `text` (gives ciphertext and tag), or with a `tag` opens it (None if the seal is not whole)."""
    context = ctypes.c_void_p(CRYPTO.EVP_CIPHER_CTX_new())
    cipher = ctypes.c_void_p(CRYPTO.EVP_aes_256_gcm())
    out, length = ctypes.create_string_buffer(len(text) or 1), ctypes.c_int()
    step = CRYPTO.EVP_EncryptUpdate if tag is None else CRYPTO.EVP_DecryptUpdate
    begin = CRYPTO.EVP_EncryptInit_ex if tag is None else CRYPTO.EVP_DecryptInit_ex
    try:
        begin(context, cipher, None, key, nonce)
        step(context, None, ctypes.byref(length), aad, len(aad))
        step(context, out, ctypes.byref(length), text, len(text))
        if tag is None:
            CRYPTO.EVP_EncryptFinal_ex(context, ctypes.create_string_buffer(16), ctypes.byref(length))
            made = ctypes.create_string_buffer(16)
            CRYPTO.EVP_CIPHER_CTX_ctrl(context, 0x10, 16, made)
            return out.raw[: len(text)] + made.raw
        CRYPTO.EVP_CIPHER_CTX_ctrl(context, SET_TAG, 16, ctypes.create_string_buffer(tag, 16))
        whole = CRYPTO.EVP_DecryptFinal_ex(context, ctypes.create_string_buffer(16), ctypes.byref(length))
        return out.raw[: len(text)] if whole == 1 else None
    finally:
        CRYPTO.EVP_CIPHER_CTX_free(context)


def self_check():
    """The published vectors: AES-256-GCM test case 14 of its specification, HKDF test case 1 of RFC 5869."""
    text, tag = bytes.fromhex("cea7403d4d606b6e074ec5d3baf39d18"), bytes.fromhex("d0d1c8a799996bf0265b98b5d48ab919")
    assert gcm(bytes(32), bytes(12), b"", bytes(16)) == text + tag
    assert gcm(bytes(32), bytes(12), b"", text, tag) == bytes(16)
    assert gcm(bytes(32), bytes(12), b"x", text, tag) is None
    derived = hkdf(b"\x0b" * 22, bytes(range(0xF0, 0xFA)), 42, bytes(range(13)))
    assert derived.hex() == (
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )


def code_hash(service_secret, round_id, code):
    """What is stored of a letter's code: whoever holds the service's secret can compute it."""
    key = hkdf(service_secret, CODE_KEY + round_id, 32)
    return hmac.digest(key, code.replace("-", "").encode(), "sha256")


def open_draft(row, pepper, keys):
    """The plain text of a stored draft and the key that opened it; None if none of `keys` is its cookie's.
    Every key is also tried as the seal's own, and under any draft's name: an attacker need not follow rules."""
    sealed, round_id, name = row["sealed"], row["round_id"], row["id"]
    nonce, text, tag = sealed[:12], sealed[12:-16], sealed[-16:]
    for key in keys:
        own = hkdf(key, DRAFT_KEY + round_id, 32, pepper)
        for tried in (own, key):
            plain = gcm(tried, nonce, name + round_id, text, tag)
            if plain is not None:
                return plain
    return None


def open_envelope(row, keys):
    """The plain text of an envelope, if one of `keys` is its bag's."""
    nonce = row["position"].to_bytes(12, "big")
    for key in keys:
        plain = gcm(key, nonce, row["submission_hash"], row["envelope"][:-16], row["envelope"][-16:])
        if plain is not None:
            return plain
    return None


def keys_at_hand(secrets, found, round_id):
    """Every 32 bytes that an insider could take for a key: the secrets, what a row or a file holds, and what
    HKDF and SHA-256 make of them with the round's id and the labels in use."""
    raw = {bytes(32), *secrets}
    for value in found:
        if isinstance(value, bytes) and len(value) >= 16:
            raw.add(value[:32].ljust(32, b"\0"))
            raw.add(value[-32:].rjust(32, b"\0"))
    keys = set(raw)
    for value in raw:
        keys.add(hashlib.sha256(value).digest())
    for secret in secrets:
        for label in (DRAFT_KEY, b"trygg/envelope/1", b"trygg/bag/1", CODE_KEY, b"trygg/receipt/1"):
            for salt in (b"", *secrets):
                keys.add(hkdf(secret, label + round_id, 32, salt))
                keys.add(hkdf(secret, label, 32, salt))
    return keys
