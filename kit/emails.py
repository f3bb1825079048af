"""E-mail addresses and user names as people type them: with spaces around them, in capitals, in another normal form."""


def normal(text: str) -> str:
    """The address as the email-validator library normalises it; it is not asked whether mail arrives there.

    ValueError, with the reason for people, when it is none.
    """
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise ValueError(f"not an e-mail address: {error}") from error


def deliverable(address: str) -> str:
    """The form of a normal address that every mail server takes, if there is one: with the domain in ASCII (IDNA)."""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(address, check_deliverability=False).ascii_email or address
    except EmailNotValidError:  # stored before a rule of the library changed
        return address


def or_name(text: str) -> str:
    """The key for looking up a person by address or user name: the address as it is stored."""
    try:
        return normal(text)
    except ValueError:
        return text.strip()
