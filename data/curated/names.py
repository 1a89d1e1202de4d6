"""Which platforms cells mean, by their names in the reference."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from data.curated.dataset import DataSet, normal
from data.reference import Platform, Reference

LONG = 4
"""Letters from which on a name hardly begins another word."""
_POINTS = re.compile(r"[.,]+(?=\s|$)|\([^)]*\)")


class Names:
    """Platforms as a data set writes them."""

    def __init__(self, dataset: DataSet, reference: Reference) -> None:
        self.declared = dataset.platforms
        self.company_words = set(map(normal, dataset.platforms.company_words))
        self.nobody = {"", *map(normal, dataset.nobody)}
        listed = reference.platforms.values()
        self.platforms = {normal(name): each.id for each in listed for name in each.all_names}
        initials = {normal(each.name) for each in listed if each.ambiguous and len(each.name) < LONG}
        self.companies = _owners(listed) | {name: id for name, id in self.platforms.items() if name not in initials}
        self.parents = {each.id: each.parent for each in listed}
        sure = {name for each in listed for name in each.all_names if not each.needs_context(name)}
        self.sure = re.compile(rf"(?<!\w)(?:{_any(sure)})(?!\w)", re.I)
        long = {name for each in listed for name in each.all_names if len(name) >= LONG}
        self.hint = re.compile(rf"(?<!\w)(?:{_any(long)})", re.I)

    def of_platforms(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Each platform that a row is about, with the column that says so."""
        yes = set(map(normal, self.declared.yes))
        flagged = {id: c for id, c in self.declared.flags.items() if normal(cells[c]).removesuffix(".0") in yes}
        parties = {id: column for column in self.declared.parties for id in self._parties(cells[column])}
        listed = {id: column for column in self.declared.lists for id in self._listed(cells[column])}
        return listed | parties | flagged

    def may_concern(self, cells: Mapping[str, str]) -> bool:
        """Whether a platform may be a party: one is named, if only in part, or no party is told at all."""
        told = [cells[column] for column in self.declared.parties if normal(cells[column]) not in self.nobody]
        return not told or any(map(self.hint.search, told))

    def _listed(self, cell: str) -> Iterator[str]:
        """Every platform among the words, no owner before its product; an ordinary word counts where it is alone."""
        for part in re.split(self.declared.split, cell):
            alone = self.platforms.get(normal(part))
            found = {alone} if alone else {self.platforms[normal(name)] for name in self.sure.findall(part)}
            yield from sorted(found - {self.parents[each] for each in found})

    def _parties(self, cell: str) -> Iterator[str]:
        """Every party that is a platform or its company, perhaps with words that companies add to their names."""
        for party in re.split(self.declared.split, cell):
            words = _POINTS.sub(" ", party).split()
            while words and normal(" ".join(words)) not in self.companies and normal(words[-1]) in self.company_words:
                words.pop()
            if found := self.companies.get(normal(" ".join(words))):
                yield found


def _any(names: Iterable[str]) -> str:
    """A pattern of any of the names, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


def _owners(platforms: Iterable[Platform]) -> dict[str, str]:
    """The platform of each company that runs only one."""
    of: dict[str, set[str]] = defaultdict(set)
    for each in platforms:
        of[normal(_POINTS.sub(" ", each.owner or ""))].add(each.id)
    return {owner: next(iter(ids)) for owner, ids in of.items() if len(ids) == 1 and owner}
