"""Which module teaches a rule of grammar, so that a correction can lead to it."""

# The first module that takes the rule up; rules that no module teaches are left out.
LESSONS = {
    "agreement": "a1-my-day", "be_agreement": "a1-meeting-people", "tense": "a2-last-weekend",
    "base_form": "a1-around-town", "ing_form": "b1-emails-that-work", "to_form": "a2-travel-plans",
    "participle": "b1-have-you-ever", "verb_form": "a2-work-and-study", "article_a": "a1-at-the-cafe",
    "article_the": "a1-home-and-family", "article_none": "a1-at-the-cafe", "article": "a1-at-the-cafe",
    "plural": "a1-home-and-family", "singular": "a1-home-and-family", "noun_number": "a1-at-the-cafe",
    "preposition": "a1-home-and-family", "preposition_none": "b1-when-things-go-wrong",
    "word_order": "b1-emails-that-work", "missing_word": "a1-home-and-family", "negation": "a1-my-day",
    "comparison": "a2-bigger-better-cheaper", "confusable": "a1-home-and-family", "word_form": "b2-the-right-candidate",
    "word_choice": "b2-putting-your-case",
}  # fmt: skip


def of_rule(rule: str) -> str | None:
    """The id of the module that teaches a rule or a kind of error; None when none does."""
    return LESSONS.get(rule)
