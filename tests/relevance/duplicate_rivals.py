"""What `dedupe` and `splink` find, trained on the same folds. Run by ``duplicates.py`` with a Python that has them; needs nothing of ours.

Reads ``{"rows": [{"name", "address", "number", "street", "phone", "zip", "label", "fold"}, ...]}`` on standard input. For each fold: trained with the labels
of all others, threshold chosen on these, pairs counted on the fold. Gives ``{"dedupe": [[right, found, true], ...], "splink": ...}``, or words in place of
the list where one cannot be used here.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import random
import sys
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Any

Rows = dict[int, dict[str, Any]]
Pairs = set[tuple[int, int]]
THRESHOLDS = [number / 50 for number in range(1, 50)]
FIELDS = ("name", "address", "number", "street", "phone", "zip")


def true_pairs(rows: Rows) -> Pairs:
    """All pairs with one label."""
    groups = defaultdict(list)
    for key, row in rows.items():
        groups[row["label"]].append(key)
    return {pair for group in groups.values() for pair in combinations(sorted(group), 2)}


def f1(found: Pairs, true: Pairs) -> float:
    """Over pairs."""
    return 2 * len(found & true) / max(1, len(found) + len(true))


def best(at: Callable[[float], Pairs], true: Pairs) -> float:
    """The threshold with the best F1."""
    return max(THRESHOLDS, key=lambda threshold: f1(at(threshold), true))


def clusters_to_pairs(clusters: Iterable[Iterable[int]]) -> Pairs:
    """All pairs inside clusters."""
    return {pair for cluster in clusters for pair in combinations(sorted(int(key) for key in cluster), 2)}


def by_dedupe(train: Rows, test: Rows) -> Pairs:
    """Strings for name, address and phone, exact for the postcode: the fields of its own example for this kind of table."""
    import dedupe
    from dedupe import variables

    def fields(rows: Rows) -> dict[int, dict[str, Any]]:
        return {key: {field: row[field] or None for field in ("name", "address", "phone", "zip")} for key, row in rows.items()}

    given = fields(train)
    finder = dedupe.Dedupe(
        [variables.String("name", has_missing=True), variables.String("address", has_missing=True),
         variables.String("phone", has_missing=True), variables.Exact("zip", has_missing=True)], num_cores=1,
    )  # fmt: skip
    dice, true, keys = random.Random(1), true_pairs(train), sorted(train)
    matches = dice.sample(sorted(true), min(600, len(true)))
    near = dice.sample(sorted(_sharing(train) - true), 300)
    distinct = near + [pair for _ in range(2000) if (pair := tuple(sorted(dice.sample(keys, 2)))) not in true][:600]
    pairs = {"match": [_tuple(given, pair) for pair in matches], "distinct": [_tuple(given, pair) for pair in distinct]}
    finder.prepare_training(given, training_file=io.StringIO(json.dumps(pairs)), sample_size=1000)
    finder.train(recall=1.0, index_predicates=False)

    def at(threshold: float, rows: dict[int, dict[str, Any]]) -> Pairs:
        return clusters_to_pairs(keys for keys, _ in finder.partition(rows, threshold))

    threshold = max((0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9), key=lambda one: f1(at(one, given), true))
    return at(threshold, fields(test))


def _tuple(rows: dict[int, dict[str, Any]], pair: tuple[int, ...]) -> dict[str, Any]:
    """A labelled pair in the form of its training files."""
    return {"__class__": "tuple", "__value__": [rows[key] for key in pair]}


def _sharing(rows: Rows) -> Pairs:
    """Pairs that share a phone or a house number: the distinct ones that are hard to tell."""
    groups = defaultdict(list)
    for key, row in rows.items():
        groups["p", row["phone"]].append(key)
        groups["n", row["number"]].append(key)
    return {pair for (_, value), group in groups.items() if value for pair in combinations(sorted(group), 2)}


def by_splink(train: Rows, test: Rows) -> Pairs:
    """Chances of agreement from the labels, of chance agreement from random pairs; pairs or clusters, whichever was better in training."""
    import pandas
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="key",
        comparisons=[
            compare.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8, 0.7]).configure(term_frequency_adjustments=True),
            compare.ExactMatch("number"),
            compare.JaroWinklerAtThresholds("street", [0.95, 0.85]),
            compare.LevenshteinAtThresholds("phone", [1, 2]).configure(term_frequency_adjustments=True),
            compare.ExactMatch("zip"),
        ],
        blocking_rules_to_generate_predictions=[block_on("phone"), block_on("number"), block_on("name"), block_on("substr(name, 1, 8)")],
        retain_intermediate_calculation_columns=False,
    )

    def frame(rows: Rows) -> Any:
        return pandas.DataFrame([{"key": key, "label": row["label"], **{field: row[field] or None for field in FIELDS}} for key, row in rows.items()])

    true = true_pairs(train)
    linker = Linker(DuckDBAPI().register(frame(train)), settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_m_from_label_column("label")
    linker.training.estimate_probability_two_random_records_match([block_on("phone", "number"), block_on("name", "number")], recall=0.8)
    model = linker.misc.save_model_to_json()
    told = _scores(linker)
    threshold = best(lambda least: {pair for pair, score in told.items() if score >= least}, true)
    closing = f1(_closed(told, threshold), true) > f1({pair for pair, score in told.items() if score >= threshold}, true)
    told = _scores(Linker(DuckDBAPI().register(frame(test)), model))
    return _closed(told, threshold) if closing else {pair for pair, score in told.items() if score >= threshold}


def _scores(linker: Any) -> dict[tuple[int, int], float]:
    found = linker.inference.predict().as_pandas_dataframe()
    return {(min(one, other), max(one, other)): score for one, other, score in zip(found["key_l"], found["key_r"], found["match_probability"], strict=True)}


def _closed(scores: dict[tuple[int, int], float], threshold: float) -> Pairs:
    parents: dict[int, int] = {}

    def root(key: int) -> int:
        while parents.setdefault(key, key) != key:
            key = parents[key]
        return key

    for (one, other), score in scores.items():
        if score >= threshold:
            parents[root(one)] = root(other)
    groups = defaultdict(list)
    for key in parents:
        groups[root(key)].append(key)
    return clusters_to_pairs(groups.values())


RIVALS = {"dedupe": by_dedupe, "splink": by_splink}


def _measured(finder: Callable[[Rows, Rows], Pairs], rows: Rows) -> list[tuple[int, int, int]]:
    counted = []
    for fold in sorted({row["fold"] for row in rows.values()}):
        test = {key: row for key, row in rows.items() if row["fold"] == fold}
        train = {key: row for key, row in rows.items() if row["fold"] != fold}
        found, true = finder(train, test), true_pairs(test)
        counted.append((len(found & true), len(found), len(true)))
    return counted


def main() -> None:
    """Measure both, one after the other."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    rows = dict(enumerate(json.load(sys.stdin)["rows"]))
    done: dict[str, Any] = {}
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):   # both print what they do
        for name, finder in RIVALS.items():
            if sys.argv[1:] and name not in sys.argv[1:]:
                continue
            try:
                done[name] = _measured(finder, rows)
            except ImportError as error:
                done[name] = f"not installed ({error.name})"
            except Exception as error:   # what one cannot do here is no reason to lose the other
                done[name] = f"failed: {type(error).__name__}: {error}"[:200]
    json.dump(done, sys.stdout)


if __name__ == "__main__":
    main()
