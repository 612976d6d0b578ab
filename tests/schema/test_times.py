"""Times: what can be read, what bounds it has, and what is no date."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schema.errors import InvalidInput
from schema.times import EARLIEST, KNOWN_WIDTH, LATEST, known_stamp, parse_known, parse_time, parse_valid

_WIDTH = len(EARLIEST)
_MOMENTS = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(-timedelta(hours=5))]))


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2025", "2025-01-01T00:00:00Z", "2025-12-31T23:59:59Z", "year"),
        ("2024-02", "2024-02-01T00:00:00Z", "2024-02-29T23:59:59Z", "month"),
        ("2025-11-14", "2025-11-14T00:00:00Z", "2025-11-14T23:59:59Z", "day"),
        ("2025-11-14T09:30:00Z", "2025-11-14T09:30:00Z", "2025-11-14T09:30:00Z", "second"),
        ("2025-11-14T09:30:00+09:00", "2025-11-14T00:30:00Z", "2025-11-14T00:30:00Z", "second"),
        ("2025-11-14 09:30", "2025-11-14T09:30:00Z", "2025-11-14T09:30:00Z", "second"),
        ("2025-10-30/2025-11-01", "2025-10-30T00:00:00Z", "2025-11-01T23:59:59Z", "interval"),
        ("2022-10/..", "2022-10-01T00:00:00Z", LATEST, "interval"),
        ("../2022-10", EARLIEST, "2022-10-31T23:59:59Z", "interval"),
        ("2025-21", "2025-03-01T00:00:00Z", "2025-05-31T23:59:59Z", "imprecise"),
        ("202X", "2020-01-01T00:00:00Z", "2029-12-31T23:59:59Z", "imprecise"),
        ("2025-XX", "2025-01-01T00:00:00Z", "2025-12-31T23:59:59Z", "imprecise"),
        ("{2020,2022}", "2020-01-01T00:00:00Z", "2022-12-31T23:59:59Z", "imprecise"),
        ("0001", "0001-01-01T00:00:00Z", "0001-12-31T23:59:59Z", "year"),
    ],
)
def test_bounds(text: str, earliest: str, latest: str, precision: str) -> None:
    time = parse_time(text)
    assert (time.earliest, time.latest, time.precision) == (earliest, latest, precision)


def test_an_uncertain_time_reaches_beyond_its_date() -> None:
    time = parse_time("2025-11~")
    assert time.earliest < "2025-11-01T00:00:00Z"
    assert time.latest > "2025-11-30T23:59:59Z"
    assert time.edtf == "2025-11~"


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "x", "yesterday", "14 November 2025", "14.11.2025", "2025/11/14", "20251114", "25-11-14"),
        *(
            "2025-00",
            "2025-13",
            "2025-11-00",
            "2025-11-31",
            "2025-02-29",
            "0000",
            "2025-11-14T25:00",
            "2025-11-14T09:60",
        ),
        *(
            "2025-11-14/2025-10",
            "2025/2026/2027",
            "/",
            "../..",
            "2025-11-14/nonsense",
            "2025-1X",
            "٢٠٢٥-11-14",
            "２０２５",
        ),
        *("2025-11-14\x00", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "2025" * 50),
    ],
)
def test_what_is_no_date_says_how_to_write_one(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    for parse in (parse_time, parse_known, parse_valid):
        with pytest.raises(InvalidInput) as error:
            parse(text, "here")
        assert "is no date" in error.value.what
        assert error.value.where in ("here", None)
        assert "EDTF: 2025-11-14" in str(error.value.remedy)
    assert capsys.readouterr().out == ""


@given(st.text("0123456789-/.XYEST~?%:+ {}[],Z", max_size=24))
@example("2025-1X")
@example("Y3388E2S3")
@example("156X-12-25/..")
def test_any_text_is_a_time_or_no_date(text: str) -> None:
    try:
        time = parse_time(text)
    except InvalidInput:
        return
    assert EARLIEST <= time.earliest <= time.latest <= LATEST
    assert len(time.earliest) == len(time.latest) == _WIDTH
    assert parse_time(time.edtf) == time


@given(st.text(max_size=30))
def test_no_text_breaks_the_clocks(text: str) -> None:
    for parse in (parse_known, parse_valid):
        try:
            parse(text)
        except InvalidInput as error:
            assert "is no date" in error.what


@given(st.dates())
def test_a_day_has_the_bounds_of_the_day(day: date) -> None:
    time = parse_time(day.isoformat())
    assert (time.earliest, time.latest) == (f"{day.isoformat()}T00:00:00Z", f"{day.isoformat()}T23:59:59Z")


@given(st.dates(), st.dates())
def test_an_interval_is_made_of_its_ends(one: date, other: date) -> None:
    first, last = sorted((one, other))
    time = parse_time(f"{first}/{last}")
    assert time.earliest == parse_time(str(first)).earliest
    assert time.latest == parse_time(str(last)).latest
    if first < last:
        with pytest.raises(InvalidInput):
            parse_time(f"{last}/{first}")


@given(_MOMENTS, _MOMENTS)
def test_stamps_of_both_clocks_sort_as_time(one: datetime, other: datetime) -> None:
    try:
        stamps = [known_stamp(one), known_stamp(other)]
        times = [parse_time(each.isoformat(timespec="seconds")).earliest for each in (one, other)]
    except (OverflowError, InvalidInput):
        return  # at the very ends of the calendar
    assert {len(stamp) for stamp in stamps} == {KNOWN_WIDTH}
    assert (stamps[0] < stamps[1]) == (one < other)
    assert (times[0] < times[1]) == (one.replace(microsecond=0) < other.replace(microsecond=0))


def test_a_day_as_known_at_means_its_last_moment() -> None:
    assert parse_known("2025-11-14") == "2025-11-14T23:59:59.999999Z"
    assert parse_known("2025-11-14T09:30:00Z") == "2025-11-14T09:30:00.000000Z"
    assert parse_known("2025-11-14T09:30:00.25+09:00") == "2025-11-14T00:30:00.250000Z"
    assert parse_valid("2025-11") == "2025-11-30T23:59:59Z"
