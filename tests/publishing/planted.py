# ruff: noqa: E501
"""Two hundred private persons who do not exist, in the scripts and spellings in which names reach a report.

Written before anything was run on them. A case is a carrier (where the name stands) with names; each name is planted
alone, in a report of its own. What must not be found in anything published are its `pieces`: every part of the name that
is no title and no particle, as the carrier writes it.
"""

from __future__ import annotations

from dataclasses import dataclass

PLAIN = "Police arrested {n} in Leipzig on 9 October. The crowd shouted. Two students watched as {l} was led away."
LOWER = "police arrested {n} and two students in leipzig, and the crowd shouted that {l} must be freed."
UPPER = "POLICE ARRESTED {n} AND TWO STUDENTS IN LEIPZIG. THE CROWD SHOUTED THAT {l} MUST BE FREED."
VICTIM = "Soldiers shot dead {n} near the market on Friday, and 14 others were injured, residents said."
QUOTE = '"They took {n} from the house and beat her," a neighbour said. "Free {n}!" the crowd shouted.'
SAID = "“We saw the police beat the students,” {n} told reporters on Monday. {l} said that nine were arrested."
FIGURE = "{n} and 14 others were injured when police attacked the march. Three of them, {l} among them, died."
HONORIFIC = "Protesters marched for Mr {n} and Mrs {l} on Tuesday. Soldiers arrested Dr. {n} again."
CAPTION = "Riot police clear the square. Photo: {n}/private. Demonstrators attacked the station; {l} took pictures."


@dataclass(frozen=True)
class Planted:
    """One name, where it is put, and what of it must not be found."""

    name: str
    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    source: str | None = None

    @property
    def pieces(self) -> tuple[str, ...]:
        """The parts of the name that tell who it is, as written."""
        words = self.name.replace("-", " ").replace("\u200c", " ").split()
        return tuple(word for word in words if word.lower().strip(".") not in _SILENT)


_SILENT = {
    "al",
    "el",
    "bin",
    "bint",
    "ibn",
    "van",
    "der",
    "von",
    "de",
    "da",
    "la",
    "u",
    "daw",
    "ko",
    "ma",
    "ben",
    "abu",
}

LATIN = """Žofie Kratochvílová|Þórdís Hallgrímsdóttir|Łucja Wiśniewolska|Günther Krämerling|Şerife Özgünay
Ngọc Hạnh Trương|Õie Tammsaaru|Ħanna Farrugella|Mircea Ţărmurean|Dragiša Čvorović|Søren Kjærgårdsen|Iñaki Etxandibera
Zsófia Böszörményfi|Élodie Châtelgrand|Ágúst Sveinbergsson|Jānis Ķēmeriņš|Gökçe Yıldırımkan|Ružica Đurđevanić"""
LOWERED = """lena weberling|tomasz zwieback|mirko katzenbach|adaeze okonkwelu|parisa golzarian|yusuf demirkolu|keisha
oduyale|rafaelo quintavilla|dmitro halushenko|sanjivani phadkule|thandiwe mkhonzeni|ibrahima ndoyeba|graciela
montaraluz|bohdana svitlenka|chukwuma ezeanolue|farhod yuldashboev"""
CAPITALS = """LENA WEBERLING|TOMASZ ZWIEBACK|IKRAM BELHADJIM|SIOBHAN MACGILLORAN|ÇİĞDEM KARAÇAYLI|JÜRGEN STÖHRMANN
NIKOLETTA ZAHARIOU|OLUWASEUN ADEBANWOLE|MARISOL ECHEVERRIGA|WOJCIECH SKRZYPULEC|ANNE-LISE BRUNSTADT|GHULAM RASOOLZAI"""
PERSIAN = """پریسا گلزاریان|بهروز کیامنشی|مهسا رستگارپور|آرش دلاورنیا|نسترن طالقان‌زاده|کاوه شهریارفر|ژیلا بنی‌یعقوبیان
سپیده قلی‌نژاد|فرزاد کمان‌گیرپور|شیرین علم‌هولیان"""
ARABIC = """ياسمين الحمصاني|خالد الدباغيني|فاطمة الزهراوية|مصطفى القباطيني|هدى الشرقاوينة|عمر بن جلونيد|رانيا أبو طربوشة
سعد الدين المغربلي|لمياء السقطراني|نزار العطارديني"""
KURDISH = """ڕێبوار سەرهەنگۆ|شیلان هەورامانی|کەژاڵ بێکەسان|هێمن دۆڵەمەڕی|ژینا ئەمینپوور|Rêbwar Serhengo|Şîlan Hewramanî
Kejal Bêkesan|Hêmin Dolemerî|Berîvan Zêrevan"""
CYRILLIC = """Светлана Прохоренкова|Дмитро Галушенкович|Ђорђе Станимировић|Айгүл Сәдуақасова|Бойка Чернозёмска
Тарас Недашковець|Гульнара Ишмухаметьева|Мирослав Кочубейник|Наталля Карпілоўская|Огњен Вукадинчић"""
GREEK = """Ελευθερία Παπαδογιάννη|Στέλιος Χατζημπέης|Βασιλική Κουτσογιώργη|Άγγελος Τσιριμώκος|Ιφιγένεια Ξενοπουλίδη
Θρασύβουλος Μαυροειδής|Δέσποινα Ζερβουδάκη|Γρηγόρης Λαμπρινίδης"""
BURMESE = "မသီတာထွေး|ကိုဇော်မင်းနိုင်|ဒေါ်ခင်စန်းရီ|မအိသဉ္ဇာဖြိုး|ကိုရဲထွဋ်ကျော်|ဦးသန်းဇင်မောင်|နော်ဖောလဲ|ခွန်အောင်မြတ်"
CHINESE = "欧阳雪莹|司徒伟强|诸葛明远|慕容静怡|赵铁柱|錢淑芬|孫中嶽|李晓燕|王冬梅|尉迟建国"
HINDI = "संजीवनी फडकुले|रामेश्वर तिवाड़ी|कविता चौधरीण|अब्दुल रज्जाक मीर|देवयानी खोबरा|गुरप्रीत ढिल्लोंवाल|मालती बाउरी|किशनलाल भीलवाड़ा"
AMHARIC = "ትዕግስት ገብረሥላሴ|ዮሐንስ ወልደሚካኤል|ብርሃኔ ተስፋጽዮን|አልማዝ ደስታለም|ከበደ ኃይለማርያም|ሰላማዊት አበበች"
HEBREW = "שירה בן־עמיאל|יונתן גולדווסר|מיכל אברמובסקי|אורי צוקרמנסון|תמר כהנובסקי|דוד לוינגרברג"
OTHERS = "ნინო ჭავჭანიძე|გიორგი წერეთლიანი|Անահիտ Գրիգորյանց|Տիգրան Մուրադխանյան|김하늘별|박준서린|สมหญิง ใจกล้าหาญ|さくら田 花子"
VARIANTS = """Mohsen Golzarianfard|Muhsin Gulzaryanfard|Mohssin Gholzarianfar|Svetlana Prokhorenkova|Swjetlana Prochorenkowa
Khadija al-Homsani|Khadidja el-Houmsani|Yevhenia Halushenkovych|Evgenija Galuschenkowitsch|Xu Tiezhulin"""
HYPHENED = """Anne-Lise Brunstadt-Kowal|Jean-Baptiste N'Guettalo|Ana-Marija Đukić-Perišanin|Karl-Heinz Ziegenfuß-Mohr
Marie-Ange Toussaint-Delva|Al-Amin O'Donnabhain|Mi-Sook Kangseo|Abdul-Karim Sheikhzadeh"""
BROKEN = "Lena Weber-\nling|Tomasz\nZwieback|Parisa Golza-\nrian|Mirko Katzen\u00adbach|Adaeze Okon\u200bkwelu|Yusuf Demir\u2011kolu"
ENTITIES = "G&uuml;nther Kr&auml;merling|M&aacute;ria Sz&eacute;kelyfi|Zs&#243;fia B&#246;sz&#246;rm&eacute;nyfi|Jos&eacute; Cantabrale"
STYLED = "𝐋𝐞𝐧𝐚 𝐖𝐞𝐛𝐞𝐫𝐥𝐢𝐧𝐠|Ｌｅｎａ　Ｗｅｂｅｒｌｉｎｇ|L e n a W e b e r l i n g|LenaWeberling"
HALF_PUBLIC = "Tomasz Assad|Parisa Jordan|Mirko Leipzig|Adaeze Putin|Saddam Zwieback|Amal Golzarian|Yusuf Tehran"
IN_ADDRESS = "Lena Weberling|Zoë Katzenbach|Parisa Golzarian|Yusuf Demirkolu|Ikram Belhadjim|Söhnke Thiedemann"
IN_TITLE = "Lena Weberling|Mirko Katzenbach|پریسا گلزاریان|赵铁柱|Светлана Прохоренкова|Adaeze Okonkwelu|Bo Zwieback"
BYLINED = "Tomasz Zwieback|Graciela Montaraluz|Ngozi Ezeanolue|Şerife Özgünay"
IN_FILE_NAME = "Lena Weberling|Farhod Yuldashboev|Sanjivani Phadkule"
HANDLES = "Rafaelo Quintavilla|Keisha Oduyale|Bohdana Svitlenka"


def _each(listed: str) -> list[str]:
    return [" ".join(name.split(" ")) for name in listed.replace("\n", "|").split("|") if name]


def _planted(names: list[str], *carriers: str) -> list[Planted]:
    """Put each name into one carrier, in turn; `{l}` stands for its last part."""
    return [
        Planted(name, carriers[place % len(carriers)].format(n=name, l=name.split(" ")[-1]))
        for place, name in enumerate(names)
    ]


def _addressed(names: list[str]) -> list[Planted]:
    forms = ("{0}-{1}-arrested", "arrest-of-{0}{1}", "p/{1}", "%D9%86/{0}_{1}.html", "tag/{0}+{1}", "@{0}{1}")
    made = []
    for name, form in zip(names, forms, strict=True):
        slug = form.format(*name.lower().split())
        made.append(Planted(name, PLAIN.format(n=name, l=name.split()[-1]), url=f"https://news.example/2019/{slug}"))
    return made


PLANTED = [
    *_planted(_each(LATIN), PLAIN, VICTIM, SAID, FIGURE, HONORIFIC, CAPTION),
    *_planted([" ".join(name.split()) for name in LOWERED.replace("\n", " ").split("|")], LOWER, QUOTE, VICTIM, FIGURE),
    *_planted(_each(CAPITALS), UPPER, PLAIN, SAID),
    *_planted(_each("|".join((PERSIAN, ARABIC, KURDISH))), PLAIN, VICTIM, QUOTE, FIGURE, SAID),
    *_planted(_each("|".join((CYRILLIC, GREEK))), PLAIN, SAID, FIGURE),
    *_planted(_each("|".join((BURMESE, CHINESE, HINDI))), PLAIN, VICTIM, FIGURE, SAID),
    *_planted(_each("|".join((AMHARIC, HEBREW, OTHERS))), PLAIN, VICTIM, QUOTE),
    *_planted(_each("|".join((VARIANTS, HYPHENED))), PLAIN, HONORIFIC, CAPTION, SAID),
    *_planted(BROKEN.split("|"), PLAIN, FIGURE),
    *_planted(_each("|".join((ENTITIES, STYLED, HALF_PUBLIC))), PLAIN, VICTIM, SAID),
    *_addressed(_each(IN_ADDRESS)),
    *[Planted(n, "Police beat students in Leipzig.", title=f"Who is {n}? A life in pictures") for n in _each(IN_TITLE)],
    *[Planted(n, "Police beat students in Leipzig.", publisher=n) for n in _each(BYLINED)],
    *[Planted(n, "Police beat students.", source=f"archive/{n.replace(' ', '_')}.txt") for n in _each(IN_FILE_NAME)],
    *[
        Planted(
            n,
            f"Police beat students, wrote @{n.replace(' ', '').lower()} and {n.lower().replace(' ', '.')}@mail.example.",
        )
        for n in _each(HANDLES)
    ],
]
"""All of them, one report each."""
