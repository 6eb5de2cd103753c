"""What a term's own words measure: its amounts, and the date or the period that binds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from spacy.tokens import Token

from reportedly.reading.language import load_lists
from reportedly.reading.parse import Sentence, place
from reportedly.reading.when import find_dates
from reportedly.records import Amount, Bound, Deadline, Limit, Span, Spans

_EN = "en"
_GRADES = ("least", "most", "about")
_BARE = 10  # a lone number below this counts nothing that the words name
_MANY = frozenset({"people", "men", "women", "children", "personnel"})
_YEARS = range(1900, 2101)


def find_amounts(spans: Spans, sentence: Sentence, *, taken: Spans = ()) -> tuple[Amount, ...]:
    """The amounts in some words of a sentence, in order; `taken` are dates and periods, whose numbers are none.

    Method: a grammar of written numbers (amounts.toml) and the noun that the parse's tags put behind each.
    """
    base, text = sentence.span.start, sentence.tokens.text
    found = (_amount(match, text, sentence) for match in _numbers().finditer(text))
    vague = (_vague(match, sentence) for match in _vague_words().finditer(text))
    kept = sorted((a for a in (*found, *vague) if a is not None), key=lambda a: a.span)
    return tuple(
        a
        for a in kept
        if any(s.holds(a.span) for s in spans) and not any(t.meets(a.span) for t in taken) and a.span.start >= base
    )


def find_deadline(spans: Spans, sentence: Sentence, published: str | None) -> Deadline | None:
    """The first date or period in some words of a sentence that says until when, by when, for how long or from when.

    A date is EDTF (as in `when`), a period an ISO 8601 duration with what it counts from, as printed.
    """
    found = (*_periods(sentence), *_dates(sentence, published))
    own = (d for d in found if any(s.holds(d.span) for s in spans))
    return min(own, key=lambda d: d.span, default=None)


def dates_and_periods(sentence: Sentence, published: str | None) -> Spans:
    """Where a sentence speaks of a date or of a period that binds."""
    return (*(s for s, _ in find_dates(sentence, published)), *(d.span for d in _periods(sentence)))


def _amount(match: re.Match[str], text: str, sentence: Sentence) -> Amount | None:
    lists = _lists()
    value, upper = _value(match), _value(match, "2")
    sign = match["sign"]
    if value is None or _is_name(text[: match.start()], lists):
        return None
    if upper is not None and match["scale2"] and not match["scale"]:
        value *= upper / (_plain(match["n2"]) or 1)
    if upper is not None and upper < value:
        value, upper = upper, None  # "falls from 385 to 165 euros": what it comes to
    if match["share"]:
        return _made(match, sentence, match.end(), value, "%")
    unit, end = (lists["signs"][sign], match.end()) if sign else _unit(match, text, sentence)
    if unit is None or (not unit and not _stands_alone(match, text, value)):
        return None
    if not sign and (_is_year(match, text, unit, lists) or _is_metres(match, unit)):
        return None
    rate = _rates().match(text, end)
    unit, end = (f"{unit} per {rate[1].lower()}", rate.end()) if rate else (unit, end)
    return _made(match, sentence, end, value, unit, upper)


def _made(
    match: re.Match[str], sentence: Sentence, end: int, value: float, unit: str, upper: float | None = None
) -> Amount:
    base, start = sentence.span.start, match.start() if upper is not None else max(match.start(), match.end("open"))
    grade = (match["grade"] or "").strip().lower()
    bound = next((Bound(name) for name in _GRADES if grade in _lists()[name]), Bound.EXACT)
    return Amount(value=value, upper=upper, unit=unit, bound=bound, span=Span(base + start, base + end))


def _vague(match: re.Match[str], sentence: Sentence) -> Amount | None:
    noun = _noun(match.end(), sentence)
    if noun is None or noun.lower_ in _lists()["uncounted"]:
        return None
    base = sentence.span.start
    return Amount(value=None, unit=noun.lower_, span=Span(base + match.start(), place(noun).end))


def _value(match: re.Match[str], part: str = "") -> float | None:
    """What a written number is worth."""
    lists = _lists()
    if not part and match["share"]:
        return float(lists["shares"][re.sub(r"[\s-]+", " ", match["share"].lower())])
    written = match[f"n{part}"]
    if written is None:
        return None
    value, scale = _plain(written), (match[f"scale{part}"] or "").lower()
    if value is None:
        return None
    short = {"m": 1e6, "b": 1e9, "k": 1e3}
    for word in scale.split():
        value *= short.get(word) or float(lists["scales"][word])
    return round(value, 6)


def _plain(written: str) -> float | None:
    written = written.lower()
    if written[0].isdigit():
        return float(re.sub(r"[,\s]", "", written))
    if written in ("a", "half a"):
        return 0.5 if written == "half a" else 1.0
    numbers = _lists()["numbers"]
    return float(sum(numbers[part] for part in re.split(r"[\s-]", written)))


def _unit(match: re.Match[str], text: str, sentence: Sentence) -> tuple[str | None, int]:
    """The unit behind a number and where it ends: "" where no noun follows, None where it counts nothing here."""
    lists, at = _lists(), match.end()
    written = _measures().match(text, at)
    if written:
        name = re.sub(r"\s+", " ", written[1].lower())
        return lists["currencies"].get(name) or lists["measures"][name], written.end()
    if text[at : at + 1] == "-":
        joined = re.match(r"-([a-z]+)", text[at:])
        return (joined[1], at + joined.end()) if joined and joined[1] in lists["joined"] else (None, at)
    noun = _noun(at, sentence)
    if noun is None:
        return "", at
    if noun.lower_ in lists["uncounted"] or (match["n"].lower() in ("a", "one") and not match["scale"]):
        return None, at
    return noun.lower_, place(noun).end - sentence.span.start


def _noun(at: int, sentence: Sentence) -> Token | None:
    """The last noun of the run of adjectives and nouns that begins at a place in a sentence."""
    base, noun = sentence.span.start, None
    for token in sentence.tokens:
        start = place(token).start - base
        if start < at or (token.lower_ == "of" and noun is None):
            continue
        if token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.tag_ == "NNPS"):
            noun = token
        elif noun is not None or token.pos_ not in ("ADJ", "PROPN", "NUM") or token.like_num:
            break
        if token.is_punct:
            break
    return noun


def _stands_alone(match: re.Match[str], text: str, value: float) -> bool:
    """Whether a number without a noun is an amount all the same: a large one, or one that a cap is set at."""
    if match["scale"] or "," in match["n"]:
        return match["n"].lower() != "a"
    return value >= _BARE and bool(re.search(r"\b(?:to|at|than|exceeds?|exceeding) $", text[: match.start()]))


def _is_year(match: re.Match[str], text: str, unit: str, lists: dict[str, Any]) -> bool:
    written = match["n"]
    if not (written.isdigit() and len(written) == 4 and int(written) in _YEARS) or match["scale"]:
        return False
    before = re.search(r"(\w+)\W*$", text[: match.start()])
    return not unit.endswith("s") or (before is not None and before[1].lower() in lists["before_years"])


def _is_metres(match: re.Match[str], unit: str) -> bool:
    """Whether the "m" of "a 500m zone" is no million: it counts nothing in the plural."""
    return (match["scale"] or "").lower() in ("m", "b", "k") and not (
        unit.endswith("s") or unit in _MANY or unit.isupper()
    )


def _is_name(before: str, lists: dict[str, Any]) -> bool:
    """Whether a number follows what it is the number of: "point three", "points one and two"."""
    number = rf"(?:\d+|{'|'.join(lists['numbers'])})"
    labels = "|".join(map(re.escape, lists["labels"]))
    return bool(re.search(rf"\b(?:{labels})\s+(?:{number}(?:,\s*|\s+(?:and|or|to)\s+))*$", before, re.IGNORECASE))


def _periods(sentence: Sentence) -> Iterator[Deadline]:
    base, text, lists = sentence.span.start, sentence.tokens.text, _lists()
    for match in _period_words().finditer(text):
        lead = match["lead"].lower()
        limit = Limit.FOR if lead == "for" else Limit.WITHIN
        origin = _origin(match, text, lists)
        if limit is Limit.FOR and re.match(r"\s+of\b", text[match.end() :]):
            continue  # "for three years of lost fishing" names what is paid for
        if lead.startswith("no") and match["number"] is None:
            continue
        end = match.end() if origin is None else origin.end
        printed = None if origin is None else origin.of(text)
        span = Span(base + match.start(), base + end)
        yield Deadline(limit=limit, when=_duration(match), counts_from=printed, span=span)


def _duration(match: re.Match[str]) -> str:
    """A period in ISO 8601, in the unit that is printed: `PT72H`, `P90D`, `P3Y`."""
    code = _lists()["periods"][match["unit"].lower()]
    written = match["number"].lower()
    count = 1 if written in ("a", "an") else int(_plain(written) or 0)
    return f"P{'T' if code[0] == 'H' else ''}{count * int(code[1:])}{code[0]}"


def _origin(match: re.Match[str], text: str, lists: dict[str, Any]) -> Span | None:
    """What a period counts from: the words after "of" or "after", to the next stop."""
    lead = re.compile(rf"\s+(?:{'|'.join(lists['counted_from'])})\s+").match(text, match.end())
    if lead is None:
        return None
    stop = re.compile(rf"\s*(?:[,.;:()\"“”–—]|\s(?:{'|'.join(lists['stops'])})\b|$)").search(text, lead.end())
    end = stop.start() if stop else len(text)
    return Span(lead.end(), end) if end > lead.end() else None


def _dates(sentence: Sentence, published: str | None) -> Iterator[Deadline]:
    base, text = sentence.span.start, sentence.tokens.text
    for span, when in find_dates(sentence, published):
        for limit, before, within in _leads():
            lead = before.search(text[: span.start - base])
            if lead is None and not within.match(text[span.start - base : span.end - base]):
                continue
            if limit is Limit.FROM and re.match(r"\s+to\b", text[span.end - base :]):
                continue  # "moves from 2030 to 2035" is a change
            if re.search(r"\bnot $", text[: lead.start() if lead else span.start - base]):
                continue  # "not before January" binds nobody to act by then
            start = base + lead.start() if lead else span.start
            end = span.end - text[: span.end - base].endswith(".")  # "by 5 May." ends a sentence
            yield Deadline(limit=limit, when=_bounded(when, limit), span=Span(start, end))
            break


def _bounded(when: str, limit: Limit) -> str:
    if limit is Limit.FROM:
        return when if "/" in when else f"{when}/.."
    return f"../{when.split('/')[-1]}"


@lru_cache(maxsize=1)
def _leads() -> tuple[tuple[Limit, re.Pattern[str], re.Pattern[str]], ...]:
    part = r"(?:the\s)?(?:(?:early|late|start|end|middle|beginning|close)\s(?:of\s)?)?(?:the\s)?"
    table = []
    for limit in (Limit.BY, Limit.UNTIL, Limit.FROM):
        words = _either(_lists()[limit.value])
        table.append(
            (
                limit,
                re.compile(rf"\b(?:{words})\s{part}$", re.IGNORECASE),
                re.compile(rf"(?:{words})\b", re.IGNORECASE),
            )
        )
    return tuple(table)


@lru_cache(maxsize=1)
def _period_words() -> re.Pattern[str]:
    lists = _lists()
    number = rf"\d{{1,4}}|an?|{_word_number()}"
    return re.compile(
        rf"\b(?P<lead>{_either([*lists['within'], *lists['for']])})\s(?:(?:{_either(lists['filler'])})\s)?"
        rf"(?P<number>{number})[\s-](?P<unit>{_either(lists['periods'])})s?(?![\w-])",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _numbers() -> re.Pattern[str]:
    lists = _lists()
    scale = rf"(?:\s?(?:{_either(lists['scales'])})\b)"
    grade = _either(word for name in _GRADES for word in lists[name])
    signs, shares = _either(lists["signs"]), _either(lists["shares"]).replace(r"\ ", r"[\s-]")
    digits = r"\d{1,3}(?:[, \u00a0\u202f]\d{3}){1,4}(?!\d)(?:\.\d{1,9})?|\d{1,15}(?:\.\d{1,9})?"
    one = rf"{digits}|{_word_number()}|(?:half )?a(?=\s(?:{_either(lists['scales'])})\b)"
    return re.compile(
        rf"(?<![\w$€£.,:/-])(?:(?P<grade>{grade})\s(?:as\smany\sas\s)?)?(?P<open>between\s|from\s)?"
        rf"(?:(?P<share>{shares})(?=\s(?:of\b|the\b|its\b|their\b|his\b|all\b))"
        rf"|(?P<sign>{signs})?(?<![\d.,:])(?P<n>{one})(?![\d:])(?P<scale>{scale}{{1,2}}|(?<=\d)[mbk]\b)?"
        rf"(?:\s?(?:[-–]|to|and|or)\s?(?:{signs})?(?P<n2>{digits}|{_word_number()})(?P<scale2>{scale}{{1,2}}|(?<=\d)[mbk]\b)?)?)"
        r"(?![\d:]|[.,]\d)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _vague_words() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_either(_lists()['vague'])})\sof\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _measures() -> re.Pattern[str]:
    names = _either([*_lists()["currencies"], *_lists()["measures"]])
    return re.compile(rf"[\s-]?({names})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _rates() -> re.Pattern[str]:
    return re.compile(rf"\s(?:an?|per|each|every)\s({_either(_lists()['rates'])})\b", re.IGNORECASE)


def _word_number() -> str:
    numbers = _lists()["numbers"]
    tens = _either(word for word, value in numbers.items() if value >= 20)
    units = _either(word for word, value in numbers.items() if value < 10)
    return rf"\b(?:(?:{tens})(?:[\s-](?:{units}))?|{_either(numbers)})\b"


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _lists() -> dict[str, Any]:
    return load_lists(_EN, "amounts")
