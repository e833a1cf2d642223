from __future__ import annotations

import hashlib
import re
from pathlib import Path

import panah.web

STATIC = Path(panah.web.__file__).parent / "static"
VENDOR = STATIC / "vendor"
ROW = re.compile(r"^\| (\S+) \| (\d+) \| `([0-9a-f]{64})` \|$", re.MULTILINE)


def carried() -> dict[str, Path]:
    return {
        path.relative_to(VENDOR).as_posix(): path
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "VENDORED.md"
    }


def test_every_file_of_others_is_listed_with_its_digest_and_unchanged() -> None:
    listed = {name: digest for name, _, digest in ROW.findall((VENDOR / "VENDORED.md").read_text())}
    assert listed == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in carried().items()}


def test_every_package_comes_with_its_licence() -> None:
    for folder in (path for path in VENDOR.iterdir() if path.is_dir()):
        assert (folder / "LICENSE").stat().st_size > 400, folder.name


def test_no_file_is_larger_than_a_slow_line_can_bear() -> None:
    assert {name for name, path in carried().items() if path.stat().st_size > 1_500_000} == set()


def test_our_scripts_and_style_sheets_name_no_address_outside() -> None:
    for path in (STATIC / "panah").rglob("*.*"):
        outside = re.findall(r"https?://(?!www\.w3\.org/2000/svg)[^\s'\"]+", path.read_text())
        assert outside == [], path.name


def test_the_letters_of_the_region_are_in_the_fonts() -> None:
    from fontTools.ttLib import TTFont

    letters = {
        "noto-sans/cyrillic": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАЯҰұ№",
        "noto-sans/cyrillic-ext": "әғқңөүһіӘҒҚҢӨҮҺҷҳӣӯҶҲӢӮ".replace("і", ""),
        "noto-sans/latin": "azAZʻʼçöüğışÇÖÜ".replace("ğ", "").replace("ş", ""),
        "noto-sans/latin-ext": "əƏğĞşŞİňŇžŽ₸₼₺₽",
        "noto-sans-arabic/arabic": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیټډړږښګڼېۍئٹڈڑںھہۃےۓ۰۱۲۳۴۵۶۷۸۹،؛؟٬٫",
    }
    for part, wanted in letters.items():
        for weight in (400, 700):
            known = TTFont(VENDOR / f"{part}-{weight}.woff2").getBestCmap()
            assert [letter for letter in wanted if ord(letter) not in known] == [], (part, weight)
