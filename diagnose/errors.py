"""The errors that a user can act on. Anything else that is raised is a bug of ours."""


class DiagnoseError(Exception):
    """The work can't go on; the message says why, the hint what to do."""

    exit_code = 2

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class InputError(DiagnoseError):
    """Nothing of the input could be read, or a RUN is not well formed."""


class ConfigError(DiagnoseError):
    """The configuration is not well formed."""


class DeliveryError(DiagnoseError):
    """The report was made, but could not be delivered; what was made is kept."""

    exit_code = 3
