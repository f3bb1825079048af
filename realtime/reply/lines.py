"""The lines of a conversation as they are answered."""

from realtime.reply.ports import ConversationTurn, Functions


def joined(lines: list[ConversationTurn], functions: Functions | None = None) -> list[ConversationTurn]:
    """What was said in several turns, with pauses between them, as one line, unless functions were called between."""
    found: list[ConversationTurn] = []
    for line in lines:
        before = found[-1] if found else None
        if before and before.role == line.role and not (functions and functions.behind(before.turn_id)):
            line = ConversationTurn(line.role, f"{found.pop().text} {line.text}", line.turn_id)
        found.append(line)
    return found
