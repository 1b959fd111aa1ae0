"""The best assignment of columns to fields, all of them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NEVER = 1e9


def best_assignment(weights: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Give column -> field with the largest sum of weights; pairs without a weight never meet.

    >>> best_assignment({(0, 7): 1.0, (0, 8): 0.9, (1, 7): 0.95})
    {0: 8, 1: 7}
    """
    chosen: dict[int, int] = {}
    for columns, fields in _components(weights):
        if len(columns) == 1 or len(fields) == 1:
            pair = max(_pairs(columns, fields, weights), key=lambda p: (weights[p], -p[0], -p[1]))
            chosen[pair[0]] = pair[1]
        else:
            chosen |= _hungarian(columns, fields, weights)
    return dict(sorted(chosen.items()))


def _pairs(columns: list[int], fields: list[int], weights: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    return [(c, f) for c in columns for f in fields if (c, f) in weights]


def _components(weights: Mapping[tuple[int, int], float]) -> list[tuple[list[int], list[int]]]:
    """Part columns and fields into groups that share no pair: most are a single pair, and then there is no choice."""
    fields_of: dict[int, set[int]] = {}
    columns_of: dict[int, set[int]] = {}
    for column, field in weights:
        fields_of.setdefault(column, set()).add(field)
        columns_of.setdefault(field, set()).add(column)
    groups, seen = [], set()
    for start in sorted(fields_of):
        if start in seen:
            continue
        columns, fields, todo = {start}, set[int](), [start]
        while todo:
            for field in fields_of[todo.pop()] - fields:
                fields.add(field)
                todo += columns_of[field] - columns
                columns |= columns_of[field]
        seen |= columns
        groups.append((sorted(columns), sorted(fields)))
    return groups


def _hungarian(columns: list[int], fields: list[int], weights: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Solve one group by shortest augmenting paths (Kuhn, Munkres), with a dummy field for each column."""
    width = len(fields) + len(columns)
    costs = [[-weights.get((c, f), -NEVER) for f in fields] + [0.0] * len(columns) for c in columns]
    owner = _solve(costs, width)
    pairs = ((owner[j], j) for j in range(len(fields)) if owner[j] >= 0)
    return {columns[i]: fields[j] for i, j in pairs if (columns[i], fields[j]) in weights}


def _solve(costs: list[list[float]], width: int) -> list[int]:
    """Give for each target the row that takes it, or -1, at the least cost."""
    row_price, price = [0.0] * len(costs), [0.0] * width
    owner = [-1] * width
    for start in range(len(costs)):
        least, before, done = [NEVER * 2] * width, [-1] * width, [False] * width
        row, target = start, -1
        while row >= 0:
            step, following = NEVER * 4, -1
            for j in range(width):
                if done[j]:
                    continue
                reduced = costs[row][j] - row_price[row] - price[j]
                if reduced < least[j]:
                    least[j], before[j] = reduced, target
                if least[j] < step:
                    step, following = least[j], j
            row_price[start] += step
            for j in range(width):
                if done[j]:
                    row_price[owner[j]] += step
                    price[j] -= step
                else:
                    least[j] -= step
            done[following], target = True, following
            row = owner[following]
        while target >= 0:
            previous = before[target]
            owner[target] = owner[previous] if previous >= 0 else start
            target = previous
    return owner
