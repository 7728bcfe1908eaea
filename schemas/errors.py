"""What can be wrong with bytes that claim to be a record; every message is a sentence a person can act on."""


class CannotRead(Exception):
    """The bytes are not a record that can be used."""


class UndecodableBytes(CannotRead):
    """The bytes are in no framing we know, or are damaged within it."""


class UnknownSchemaId(CannotRead):
    """The bytes name a schema that is not to be found, or that is not the one that belongs here."""


class WrongField(CannotRead):
    """A field is absent, or of another type than the schema says."""


class RegistryFailed(Exception):
    """The schema registry did not answer, or refused: no fault of the message, so never a reason to reject it."""
