"""Texts that are not English are read all the same, with a note."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportedly.documents import make_document
from reportedly.documents.language import language_note

EXAMPLES = Path(__file__).parents[2] / "examples"
FRENCH = (
    "Le port de Larn a rouvert mercredi après neuf jours de grève. Les ferries ont repris la mer à l'aube, selon le "
    "capitaine du port, mais le syndicat n'a pas encore signé l'accord que les armateurs lui ont proposé."
)
GERMAN = (
    "Der Hafen von Larn ist am Mittwoch nach neun Tagen Streik wieder geöffnet worden. Die Fähren liefen bei "
    "Tagesanbruch aus, sagte der Hafenmeister, aber die Gewerkschaft hat das Angebot noch nicht angenommen."
)
CHINESE = "经过九天的罢工,拉恩港于周三重新开放。港务长表示,渡轮在黎明时分启航,但工会尚未签署船东提出的协议。"
RUSSIAN = "Порт Ларн вновь открылся в среду после девятидневной забастовки. Паромы вышли в море на рассвете."
TURKISH = (
    "Larn limanı dokuz gün süren grevin ardından çarşamba günü yeniden açıldı. Liman başkanı feribotların şafakta "
    "denize açıldığını söyledi, ancak sendika armatörlerin önerdiği anlaşmayı henüz imzalamadı; görüşmeler sürüyor "
    "ve cuma günü yeni bir tur bekleniyor."
)
ENGLISH = (
    "Talks between Nicosia, Ankara, Athens and London resumed on Tuesday in Geneva. Foreign ministers Dimitris Kallas, "
    "Mehmet Arslan and Helen Ward met for an hour; the United Nations envoy, María Ángela Holguín, said nothing."
)


@pytest.mark.parametrize("text", [FRENCH, GERMAN, CHINESE, RUSSIAN, TURKISH])
def test_another_language_is_noted(text: str) -> None:
    assert [note.about for note in make_document(text, name="larn").notes if "English" in note.text] == ["language"]


@pytest.mark.parametrize("text", [ENGLISH, "Le port de Larn", "罢工", "", "7 7 7 7"])
def test_english_and_what_is_too_short_to_tell_are_not(text: str) -> None:
    assert language_note(text) is None


def test_the_examples_are_english() -> None:
    feeds = [path.read_text(encoding="utf-8").splitlines() for path in sorted(EXAMPLES.glob("*.jsonl"))]
    articles = [json.loads(line)["text"] for lines in feeds for line in lines if line.strip()]
    assert articles
    assert [text[:40] for text in articles if language_note(text)] == []
