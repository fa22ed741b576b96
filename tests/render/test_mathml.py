from xml.etree import ElementTree

import pytest

from mlbasics import lessons
from mlbasics.render.mathml import formula


def text_of(math):
    return "".join(ElementTree.fromstring(math).itertext())


@pytest.mark.parametrize(
    ("said", "inside"),
    [
        ("(1/m) Σ x", "<mfrac><mrow><mn>1</mn></mrow><mrow><mi>m</mi></mrow></mfrac><mo>Σ</mo><mi>x</mi>"),
        ("(1/2n) y", "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn><mi>n</mi></mrow></mfrac><mi>y</mi>"),
        ("x̂ < 3", "<mi>x̂</mi><mo>&lt;</mo><mn>3</mn>"),
        (
            "(x - μ)²",
            "<msup><mrow><mo>(</mo><mi>x</mi><mo>−</mo><mi>μ</mi><mo>)</mo></mrow><mn>2</mn></msup>",
        ),
        ("(x - μ)/√(σ² + ε)", "<mfrac><mrow><mi>x</mi><mo>−</mo><mi>μ</mi></mrow><mrow><msqrt><mrow><msup>"),
        ("‖w‖₁", "<msub><mrow><mo>‖</mo><mi>w</mi><mo>‖</mo></mrow><mn>1</mn></msub>"),
    ],
)
def test_a_formula_has_its_fractions_powers_and_roots(said, inside):
    assert inside in formula(said)


@pytest.mark.parametrize("name", lessons.COURSE)
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_formula_of_a_lesson_keeps_each_of_its_signs(name, lang):
    for line in lessons.words(name, lang)["explain"].split("\n"):
        if line.startswith("    "):
            kept = [c for c in line if not c.isspace() and c not in "/√()"]
            raised = str.maketrans("²³₀₁₂ₙ-", "23012n−")
            shown = [c for c in text_of(formula(line)) if c not in "()"]
            assert sorted(shown) == sorted("".join(kept).translate(raised))
