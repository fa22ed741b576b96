"""The explorer driven by keys and mouse: what is shown in the end is what a fresh run of the setting shows."""

import asyncio
import os
from functools import wraps
from pathlib import Path

import pytest
from explorer import choose, explored, press, screen_of, settled
from pieces import pieces

from mlbasics import lessons, runs
from mlbasics.explore.app import Explorer
from mlbasics.explore.drawing import see
from mlbasics.explore.page import Page
from mlbasics.explore.panes import KnobRow
from mlbasics.explore.setting import Setting
from mlbasics.kit import InputError
from mlbasics.kit.story import no_tick
from mlbasics.render.terminal import Terminal

SMALL = {"batchnorm": {"networks": 1, "epochs": 1, "layers": 2, "units": 8}, "bias-variance": {"trials": 20}}


def driven(test):
    """Run a test that is a coroutine."""
    return wraps(test)(lambda *args, **given: asyncio.run(test(*args, **given)))


def is_fresh(app):
    """Compare what is shown with what a fresh run of the setting shows."""
    setting = app.setting
    run = runs.run(setting.lesson, no_tick, False, **vars(setting.params))
    expected = see(setting, run)
    assert repr(app.seen.frame) == repr(expected.frame)  # a gap in a curve, NaN, is not itself
    assert app.told.run.claims == run.claims
    words = lessons.words(setting.lesson, "en")
    shown = screen_of(app)
    assert shown[1] == words.say(expected.frame.caption)[: app.size.width]
    assert [row for row in shown[-12:] if row.startswith(("✓", "✗", "?"))]


def picture(app):
    """The rows of the picture alone."""
    pane = app.board.picture.region
    return [row[pane.x : pane.right] for row in screen_of(app)[pane.y : pane.bottom]]


@pytest.mark.parametrize("lesson", lessons.COURSE)
@driven
async def test_after_quick_turns_of_many_knobs_the_screen_is_that_of_a_fresh_run(lesson):
    async with explored(lesson, **SMALL.get(lesson, {})) as (app, pilot):
        is_fresh(app)
        before = screen_of(app)
        await pilot.press("right", "left", "left", "left", "n", "n", *choose(app, "seed"), "right", "up")
        await settled(pilot)
        is_fresh(app)
        assert app.setting.params.seed == 4
        assert screen_of(app) != before
        if lesson != "batchnorm":  # whose default takes a second
            await press(pilot, "r")
            is_fresh(app)
            assert app.setting == app.setting.defaults()


@pytest.mark.parametrize("lesson", lessons.COURSE)
@driven
async def test_the_dial_is_first_and_turns_without_a_run_where_it_has_no_parameter(lesson, monkeypatch):
    async with explored(lesson, **SMALL.get(lesson, {})) as (app, pilot):
        dial = app.seen.dial
        assert app.knobs[0].is_dial
        assert app.knobs[0].label == app.words.say(dial.name)
        assert dial.parameter not in [knob.name for knob in app.knobs]
        run, stood = app.seen.run, app.setting.stands(dial)
        step = "left" if stood == dial.positions[-1] else "right"
        await press(pilot, step)
        assert app.setting.stands(app.seen.dial) != stood
        assert (app.seen.run is run) == (dial.parameter is None)
        assert "→" in screen_of(app)[-2 - 1 - len(app.board.claims.strips)]


@driven
async def test_what_was_seen_before_stays_as_a_ghost_and_a_claim_that_flips_bears_both_marks():
    async with explored("overfit") as (app, pilot):
        assert "before" not in "\n".join(screen_of(app))
        assert "→" not in "\n".join(screen_of(app)[:-1])
        await press(pilot, *["left"] * 4)
        told = "\n".join(screen_of(app))
        assert "before" in told
        assert f"✓→✗ {app.words['verdict.unseen']}" in told
        seen, new = (app.words[f"measure.{name}"] for name in ("seen", "new"))
        assert f"degree 11 → 7 · {seen} <0.001 → 0.043 · {new} 1 → 0.081" in told
        await press(pilot, "g")
        assert "before" not in "\n".join(screen_of(app))
        await press(pilot, "g")
        assert "before" in "\n".join(screen_of(app))


@driven
async def test_what_is_no_value_is_said_and_the_picture_stays():
    async with explored("overfit", size=(100, 40)) as (app, pilot):
        before = picture(app)
        await press(pilot, *choose(app, "function"), "enter", "x", "+", "1", "q", "enter")
        assert {"--function", "3", "'1q'"} <= pieces(screen_of(app)[-3])
        assert picture(app) == before
        await press(pilot, *choose(app, "data"), "enter", *"nofile", "enter")
        assert "there is no such file" in "\n".join(screen_of(app)[-3:])
        assert picture(app) == before
        await press(pilot, "backspace")
        is_fresh(app)


@driven
async def test_a_value_can_be_typed_left_as_it_was_and_put_back():
    async with explored("overfit") as (app, pilot):
        await press(pilot, *choose(app, "n-train"), "enter", "backspace", "backspace", "4", "0", "enter")
        assert app.setting.params.n_train == 40
        is_fresh(app)
        await press(pilot, "enter", "9", "escape")
        assert app.setting.params.n_train == 40
        assert app.board.entry is None
        await press(pilot, "backspace")
        assert app.setting.params.n_train == 12
        await press(
            pilot, "up", "up", "up", "up", "enter", "backspace", "backspace", "5", "enter"
        )  # the dial
        assert app.setting.params.degree == 5
        is_fresh(app)


@driven
async def test_a_knob_that_is_typed_says_so_and_a_switch_goes_round():
    async with explored("uat") as (app, pilot):
        await press(pilot, *choose(app, "interval"), "right")
        assert "press Enter" in screen_of(app)[-2]
        await press(pilot, *choose(app, "activation"), *["right"] * 4)
        assert app.setting.params.activation == "sigmoid"
        await press(pilot, *choose(app, "steepness"), "right")
        assert app.setting.params.steepness is not None
        await press(pilot, "backspace")
        assert app.setting.params.steepness is None


@driven
async def test_the_mouse_chooses_turns_and_drags():
    async with explored("overfit") as (app, pilot):
        app.post_message(KnobRow.Held(99, None))  # as of a lesson that was left meanwhile
        rows = {row.knob.label: row for row in app.board.query("KnobRow")}
        await pilot.click(rows["noise"], offset=(3, 0))
        await settled(pilot)
        assert app.knobs[app.chosen].label == "noise"
        await pilot.click(rows["target"], offset=(3, 0))
        await settled(pilot)
        assert app.setting.params.target != "sin"
        track = rows["degree"].track
        await pilot.mouse_down(rows["degree"], offset=(track.start, 1))
        await pilot.hover(rows["degree"], offset=(track.stop - 6, 1))
        await pilot.mouse_up(rows["degree"], offset=(track.stop - 6, 1))
        await settled(pilot)
        assert 0 < app.setting.params.degree < 11
        is_fresh(app)


@driven
async def test_resized_it_draws_anew_and_pages_open_over_it():
    async with explored("regularization") as (app, pilot):
        for size in ((120, 45), (40, 12), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause(0.05)
            await settled(pilot)
            assert len(screen_of(app)) == size[1]
            assert max(map(len, screen_of(app))) <= size[0]
        is_fresh(app)
        for key in ("question_mark", "m"):
            await pilot.press(key)
            while not isinstance(app.screen, Page):
                await asyncio.sleep(0.02)
            await pilot.press("down", "pagedown", "n", "escape")
            await settled(pilot)
            assert not isinstance(app.screen, Page)
        assert app.setting.params.seed == 1  # a page keeps the keys to itself


@driven
async def test_lessons_the_command_and_what_is_suggested_are_a_key_away():
    async with explored("overfit", n_train=30) as (app, pilot):
        await press(pilot, "left", "c")
        assert app.clipboard == "mlbasics overfit --n-train 30 --degree 10"
        assert f"Copied: {app.clipboard}" in screen_of(app)[-2]
        await press(pilot, "t")
        assert app.setting.params.n_train == 100
        await press(pilot, "4", "n")
        assert app.setting.lesson == "uat"
        is_fresh(app)
        await press(pilot, "1")
        assert app.setting.params.n_train == 12
        is_fresh(app)
        await pilot.press("q")
        assert app.return_code == 0


@driven
async def test_ascii_and_no_color_reach_every_pane():
    plain = Terminal(color=None, ascii_only=True)
    async with explored("bias-variance", terminal=plain, trials=20) as (app, pilot):
        await press(pilot, "left")
        assert "\n".join(screen_of(app)).isascii()


@pytest.mark.parametrize("data", ["-", "/dev/stdin", "/dev/tty", "/dev/fd/0", "pipe"])
def test_no_setting_reads_what_the_keys_come_from(data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    if Path(data).exists() or data == "-":
        with pytest.raises(InputError):
            Setting("overfit", lessons.find("overfit").Params()).changed("data", data)


@driven
async def test_what_moves_a_cursor_in_a_file_s_names_reaches_no_pane(tmp_path):
    table = tmp_path / "a\x1b[2Jb.csv"
    rows = "".join(f"{i},{i * i}\n" for i in range(20))
    table.write_text("x\x1b[31m,y\x9b2J\n" + rows, "utf-8")
    async with explored("overfit", data=str(table)) as (app, pilot):
        await press(pilot, "down", "down", "down", "down", "down", "down", "down", "down")
        assert "\x1b" not in "\n".join(screen_of(app))
        assert "\x9b" not in "\n".join(screen_of(app))


@driven
async def test_how_own_data_were_read_is_said_until_something_changes(tmp_path):
    table = tmp_path / "heights.csv"
    table.write_text("x,y\n" + "".join(f"{i},{i * i}\n" for i in range(20)) + "21,NA\n", "utf-8")
    async with explored("overfit", data=str(table)) as (app, pilot):
        note = lessons.words("overfit", "en").say(app.told.run.report.note)
        assert any(row.strip() and note.startswith(row.rstrip(" …")) for row in screen_of(app)[-12:])
        await press(pilot, "n")
        assert not any(row.strip() and note.startswith(row.rstrip(" …")) for row in screen_of(app)[-12:])


@driven
async def test_a_click_on_a_key_s_name_presses_it():
    async with explored("overfit") as (app, pilot):
        at = screen_of(app)[-1].index("n ")
        await pilot.click("#keys", offset=(at + 3, 0))
        await settled(pilot)
        assert app.setting.params.seed == 2


@driven
async def test_a_terminal_too_small_for_a_picture_has_one_sentence():
    setting = Setting("overfit", lessons.find("overfit").Params())
    app = Explorer(setting, Terminal(), "")
    async with app.run_test(size=(50, 15)) as pilot:
        await pilot.pause()
        shown = [row for row in screen_of(app) if row.strip()]
        assert " ".join(row.strip() for row in shown) == lessons.words("overfit", "en")["explore.small"]
