"""Names of invented people: common given and family names of each country, put together by chance, in the script that people write them in.

Single names, father's names instead of surnames, and patronymics occur as they do on real papers (domain reference 7.4).
"""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Stated:
    """A name as a person states it. Parts that the person does not have are empty."""

    full: str
    family: str = ""
    given: str = ""
    patronymic: str = ""
    father: str = ""
    script: str = "Latn"


@dataclass(frozen=True)
class Naming:
    """How people of a country are named: lists of given names by sex, family names, and how they are put together."""

    script: str
    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]
    shape: str


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


NAMING: dict[str, Naming] = {
    "AFG": Naming(
        "Arab",
        _words("فاطمه زهرا مریم لیلا زرغونه پروین شکیبا نرگس حمیرا ګلالی رابعه سمیه"),
        _words("احمد محمود عبدالله نوروز غلام حبیب‌الله زلمی شفیق رحیم نجیب‌الله کریم میرویس"),
        _words("احمدی رحیمی نوری حیدری کریمی صدیقی"),
        "single",
    ),
    "IRN": Naming(
        "Arab",
        _words("مریم زهرا نسرین شیرین الهام سارا"),
        _words("علی رضا حسین امیر مهدی کاوه"),
        _words("محمدی حسینی رضایی کریمی موسوی جعفری"),
        "given_family_father",
    ),
    "PAK": Naming("Arab", _words("عائشہ فاطمہ زینب صائمہ نادیہ"), _words("محمد علی عمران بلال حمزہ عثمان"), (), "single"),
    "UZB": Naming(
        "Latn",
        _words("Dilnoza Gulnora Nodira Shahnoza Zulfiya Malika"),
        _words("Jasur Sherzod Otabek Bobur Dilshod Ulugʻbek"),
        _words("Karimov Yusupov Rahimov Toʻrayev Qodirov Sobirov"),
        "surname_patronymic_uz",
    ),
    "TJK": Naming(
        "Cyrl",
        _words("Мадина Зарина Нигора Шаҳноза Мавҷуда Фотима"),
        _words("Фирдавс Рустам Ҷамшед Далер Сӯҳроб Меҳрубон"),
        _words("Раҳимзода Шарифзода Назаров Холов Давлатзода Қурбонов"),
        "given_family_father",
    ),
    "KGZ": Naming(
        "Cyrl",
        _words("Айгүл Жылдыз Назгүл Бермет Чолпон"),
        _words("Бакыт Нурлан Азамат Эрлан Тилек"),
        _words("Асанов Токтогулов Мамытов Жээнбеков Үсөнов"),
        "surname_given",
    ),
    "KAZ": Naming(
        "Cyrl",
        _words("Айжан Гүлнар Әсел Мәдина Динара"),
        _words("Ерлан Нұрсұлтан Қайрат Дәулет Бауыржан"),
        _words("Әбдіров Сейітов Оспанов Қасымов Жұмабаев"),
        "surname_given",
    ),
    "UKR": Naming(
        "Cyrl",
        _words("Оксана Олена Наталія Ірина Тетяна"),
        _words("Андрій Олег Сергій Микола Тарас"),
        _words("Коваленко Шевченко Бондаренко Ткаченко Кравченко"),
        "surname_given",
    ),
    "RUS": Naming(
        "Cyrl",
        _words("Мария Ольга Светлана Екатерина Анна"),
        _words("Алексей Иван Дмитрий Павел Михаил"),
        _words("Смирнов Кузнецов Попов Соколов Морозов"),
        "surname_given",
    ),
    "TUR": Naming("Latn", _words("Ayşe Fatma Zeynep Elif"), _words("Mehmet Mustafa Emre Çağrı"), _words("Yılmaz Kaya Demir Şahin Öztürk"), "given_family"),
    "AZE": Naming("Latn", _words("Aysel Günay Leyla Nərgiz"), _words("Elçin Rəşad Tural Vüqar"), _words("Məmmədov Əliyev Hüseynov Quliyev"), "given_family"),
    "TKM": Naming("Latn", _words("Ogulgerek Maral Jeren Aýna"), _words("Myrat Döwlet Serdar Begenç"), _words("Annaýew Orazow Gurbanow Ataýew"), "given_family"),
    "CHN": Naming("Latn", _words("Aynur Gülnar Reyhan"), _words("Erkin Tursun Ablet"), (), "given_father"),
    "SYR": Naming("Arab", _words("أمينة هدى سلمى"), _words("خالد عمر ياسين"), _words("الحسن حداد خوري"), "given_family"),
    "BGD": Naming("Latn", _words("Nasrin Salma Rokeya"), _words("Rafiq Karim Shahin"), _words("Hossain Rahman Miah"), "given_family"),
}  # fmt: skip


def invent(chance: random.Random, citizenship: str, sex: str) -> Stated:
    """A name such as a citizen might have. Countries without a list of their own are given Latin names of one part."""
    naming = NAMING.get(citizenship)
    if naming is None:
        return Stated(full=chance.choice(("Samuel", "Grace", "Daniel", "Ruth")), script="Latn")
    given = chance.choice(naming.female if sex == "female" else naming.male)
    father = chance.choice(naming.male)
    family = chance.choice(naming.family) if naming.family else ""
    if sex == "female" and naming.script == "Cyrl" and family.endswith(("ов", "ев")):
        family += "а"
    if sex == "female" and naming.script == "Latn" and family.endswith(("ov", "ev", "ow", "ew")):
        family += "a"
    return _put_together(naming, given, family, father, sex)


def _put_together(naming: Naming, given: str, family: str, father: str, sex: str) -> Stated:
    script = naming.script
    if naming.shape == "single":
        return Stated(full=given, given=given, father=father, script=script)
    if naming.shape == "given_father":
        return Stated(full=f"{given} {father}", given=given, father=father, script=script)
    if naming.shape == "surname_patronymic_uz":
        patronymic = f"{father} {'qizi' if sex == 'female' else 'oʻgʻli'}"
        return Stated(f"{family} {given} {patronymic}", family, given, patronymic, father, script)
    if naming.shape == "given_family_father":
        return Stated(f"{given} {family}", family, given, "", father, script)
    if naming.shape == "surname_given":
        return Stated(f"{family} {given}", family, given, "", "", script)
    return Stated(f"{given} {family}", family, given, "", "", script)
