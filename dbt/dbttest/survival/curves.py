"""Compares curves of the mart time_to_event with those of lifelines, and prints what differs as JSON: a list of lines.

usage: curves.py ROWS

ROWS is a CSV file with a header: event, cohort, dimension, value, months, how many ended and how many left observation in that month,
the share that still waits and both bounds of its band, empty where there are none.
"""

import csv
import itertools
import json
import sys
import unittest.mock

# Loaded by lifelines for fits that have no use here, and without a wheel.
sys.modules["autograd_gamma"] = unittest.mock.MagicMock()

from lifelines import KaplanMeierFitter  # noqa: E402

CLOSE = 1e-9


def differences(name, rows):
    """The lines that say where a curve is another than that of lifelines."""
    counts = [(int(r["months"]), seen, int(r[column])) for r in rows for seen, column in ((1, "ended"), (0, "lost")) if int(r[column])]
    months, seen, weights = zip(*counts)
    fit = KaplanMeierFitter().fit(months, seen, timeline=[int(r["months"]) for r in rows], weights=weights)
    curve = fit.survival_function_.join(fit.confidence_interval_)
    lines = []
    for row, wanted in zip(rows, curve.itertuples(index=False)):
        for column, value in zip(("still_waiting_share", "still_waiting_low", "still_waiting_high"), wanted):
            if row[column] and not abs(float(row[column]) - value) < CLOSE:
                lines.append(f"{' '.join(name)}, month {row['months']}: {column} is {row[column]}, lifelines has {value}")
    return lines


def main(path):
    with open(path, newline="") as file:
        curves = itertools.groupby(csv.DictReader(file), key=lambda r: (r["event"], r["cohort"], r["dimension"], r["value"]))
        print(json.dumps([line for name, rows in curves for line in differences(name, list(rows))]))


if __name__ == "__main__":
    main(*sys.argv[1:])
