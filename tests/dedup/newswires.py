"""Short news in six languages, written for the tests: two reports each, facts to be put into them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

LANGUAGES = ("de", "fr", "es", "zh", "ja", "ar")


@dataclass(frozen=True)
class Wire:
    """What a language's reports are made of; `credit` and `foot` are what sites put around them."""

    reports: tuple[tuple[str, ...], ...]
    cities: tuple[str, ...]
    people: tuple[str, ...]
    sites: tuple[str, ...]
    streets: tuple[str, ...]
    days: tuple[str, ...]
    credit: str
    foot: str


Facts = dict[str, str]


def draw_facts(language: str, rnd: Random) -> Facts:
    """Return facts for a report, none of them twice."""
    wire = WIRES[language]
    mayor, chief = rnd.sample(wire.people, 2)
    figures = {
        "injured": (3, 60), "crew": (61, 400), "hours": (3, 19), "cost": (410_000, 990_000),
        "year": (1994, 2024), "months": (20, 59), "yes": (30, 44), "no": (11, 29),
    }  # fmt: skip
    return {
        "city": rnd.choice(wire.cities), "mayor": mayor, "chief": chief,
        "site": rnd.choice(wire.sites), "street": rnd.choice(wire.streets),
        "day": rnd.choice(wire.days),
        **{name: str(rnd.randint(*ends)) for name, ends in figures.items()},
    }  # fmt: skip


def write_report(language: str, report: int, facts: Facts) -> list[str]:
    """Return the paragraphs of a report with these facts."""
    return [part.format(**facts) for part in WIRES[language].reports[report]]


WIRES = {
    "de": Wire(
        reports=(
            (
                "In einer Lagerhalle am {site} in {city} ist in der Nacht zum {day} ein Feuer"
                " ausgebrochen. Dabei wurden {injured} Menschen verletzt, zwei von ihnen schwer, wie"
                " Einsatzleiter {chief} am Morgen mitteilte.",
                "Rund {crew} Feuerwehrleute brauchten {hours} Stunden, um die Flammen zu löschen."
                " Den Schaden schätzt die Polizei auf {cost} Euro. Bewohner der {street} mussten"
                " ihre Häuser verlassen und kamen in einer Turnhalle unter.",
                "Auch {mayor}, seit {year} im Rathaus, dankte den Helfern und kündigte an, die Halle"
                " nicht wieder aufzubauen. Woran sich das Feuer entzündete, untersuchen nun"
                " Gutachter.",
                "Genutzt hatte die Halle zuletzt ein Händler für Möbel. Er hatte sie erst {months}"
                " Monate zuvor gemietet und nach eigenen Angaben gut versichert.",
            ),
            (
                "Der Stadtrat von {city} hat am {day} mit {yes} zu {no} Stimmen beschlossen, das"
                " Hallenbad am {site} zu sanieren. Die Arbeiten sollen {cost} Euro kosten und im"
                " kommenden Frühjahr beginnen.",
                "Von einer guten Nachricht für die Kinder der Stadt sprach {mayor}: Fast jedes dritte"
                " Kind könne nach der Grundschule nicht sicher schwimmen. Das Bad war vor {months}"
                " Monaten geschlossen worden, weil Teile der Decke herabgefallen waren.",
                "Zu teuer nannte {chief} von der Opposition den Plan. Für {hours} weitere Schulen"
                " fehle das Geld, und die Bewohner der {street} würden wieder den Lärm tragen.",
                "Gebaut wurde das Bad {year}. Das Land übernimmt {injured} Prozent der Kosten, rund"
                " {crew} Bürger hatten eine Bittschrift unterschrieben.",
            ),
        ),
        cities=("Hallein", "Wismar", "Ansbach", "Goslar", "Bregenz", "Pirmasens"),
        people=(
            "Erika Brandt", "Jörg Tanner", "Ayla Özdemir", "Klaus Wendlinger", "Britta Sommer",
            "Uwe Harms",
        ),
        sites=("Güterbahnhof", "Osthafen", "Mühlenkanal", "Schlachthof", "Marienplatz"),
        streets=("Lindenstraße", "Gerbergasse", "Hafenallee", "Brunnengasse", "Ringstraße"),
        days=("Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Sonntag"),
        credit="Hafenstadt (DND) – Veröffentlicht von unserem Partner, einer Agentur für Nachrichten.",
        foot="Mehr lesen Sie in unserer App, die es für alle Telefone gibt. Schreiben Sie uns, was"
        " Sie davon halten.",
    ),
    "fr": Wire(
        reports=(
            (
                "Un incendie s'est déclaré dans la nuit de {day} dans un entrepôt situé près de"
                " {site}, à {city}. Le feu a fait {injured} blessés, dont deux graves, a annoncé au"
                " matin le commandant {chief}.",
                "Quelque {crew} pompiers ont mis {hours} heures à venir à bout des flammes. Les"
                " dégâts sont estimés à {cost} euros par la police. Les habitants de la rue {street}"
                " ont dû quitter leurs logements et passer la nuit dans un gymnase.",
                "À la mairie depuis {year}, {mayor} a remercié les secours et promis que l'entrepôt"
                " ne serait pas reconstruit. Des experts cherchent maintenant d'où le feu est parti.",
                "Le bâtiment servait à un marchand de meubles. Celui-ci le louait depuis {months}"
                " mois à peine et se dit bien assuré.",
            ),
            (
                "Le conseil municipal de {city} a voté {day}, par {yes} voix contre {no}, la"
                " rénovation de la piscine couverte de {site}. Les travaux coûteront {cost} euros et"
                " commenceront au printemps prochain.",
                "C'est une bonne nouvelle pour les enfants de la ville, a dit {mayor} : près d'un"
                " écolier sur trois ne sait pas bien nager en quittant l'école. Le bassin était fermé"
                " depuis {months} mois, des morceaux du plafond étant tombés.",
                "Pour l'opposition, {chief} a jugé le projet trop cher. L'argent manque pour {hours}"
                " autres écoles, et les voisins de la rue {street} devront encore supporter le bruit.",
                "Construite en {year}, la piscine sera payée à {injured} pour cent par la région."
                " Quelque {crew} habitants avaient signé une pétition.",
            ),
        ),
        cities=("Vierzon", "Morlaix", "Aurillac", "Sedan", "Martigues", "Lunéville"),
        people=(
            "Hélène Carrière", "Mehdi Benali", "Jacques Thouvenin", "Solène Kerbrat",
            "Patrice Lombard", "Inès Delattre",
        ),
        sites=("Bellevue", "Saint-Roch", "Grandmont", "Port-Vieux", "Montplaisir"),
        streets=("Voltaire", "Pasteur", "Carnot", "Gambetta", "Lamartine"),
        days=("mardi", "mercredi", "jeudi", "vendredi", "dimanche"),
        credit="PORT-NEUF (ADN) – Cet article nous est fourni par une agence partenaire du journal.",
        foot="Retrouvez toutes nos informations dans l'application du journal et dites-nous ce que"
        " vous en pensez.",
    ),
    "es": Wire(
        reports=(
            (
                "Un incendio se declaró en la noche del {day} en un almacén cercano a {site}, en"
                " {city}. El fuego dejó {injured} heridos, dos de ellos graves, según informó por la"
                " mañana el comandante {chief}.",
                "Unos {crew} bomberos tardaron {hours} horas en apagar las llamas. La policía estima"
                " los daños en {cost} euros. Los vecinos de la calle {street} tuvieron que dejar sus"
                " casas y pasaron la noche en un polideportivo.",
                "Desde el ayuntamiento, {mayor}, en el cargo desde {year}, dio las gracias a los"
                " equipos y anunció que el almacén no volverá a levantarse. Los peritos buscan ahora"
                " el origen del fuego.",
                "El edificio lo usaba un comerciante de muebles. Lo tenía alquilado desde hacía"
                " {months} meses y dice que estaba bien asegurado.",
            ),
            (
                "El pleno de {city} aprobó el {day}, por {yes} votos contra {no}, la reforma de la"
                " piscina cubierta de {site}. Las obras costarán {cost} euros y empezarán en la"
                " próxima primavera.",
                "Es una buena noticia para los niños de la ciudad, dijo {mayor}: casi uno de cada"
                " tres no sabe nadar bien cuando termina la escuela. La piscina llevaba {months} meses"
                " cerrada porque habían caído trozos del techo.",
                "Por la oposición, {chief} consideró que el plan es demasiado caro. Falta dinero para"
                " otras {hours} escuelas, y los vecinos de la calle {street} volverán a soportar el"
                " ruido.",
                "La piscina se construyó en {year}. La región pagará el {injured} por ciento, y unos"
                " {crew} vecinos habían firmado una petición.",
            ),
        ),
        cities=("Teruel", "Melipilla", "Lorca", "Tarija", "Soria", "Zipaquirá"),
        people=(
            "Rosario Quintana", "Íñigo Beltrán", "Luciana Paredes", "Hernán Cifuentes",
            "Amparo Villegas", "Joaquín Ferrer",
        ),
        sites=("Vistahermosa", "Puerto Chico", "Las Canteras", "La Estación", "Cerro Alto"),
        streets=("Cervantes", "Bolívar", "Colón", "Rivadavia", "Goya"),
        days=("martes", "miércoles", "jueves", "viernes", "domingo"),
        credit="PUERTO NUEVO (ANP) – Esta información nos llega de una agencia asociada al diario.",
        foot="Lea más en nuestra aplicación para todos los teléfonos y cuéntenos qué le ha parecido.",
    ),
    "zh": Wire(
        reports=(
            (
                "{day}夜间，{city}{site}附近的一座仓库突然起火，造成{injured}人受伤，其中两人伤势严重。"
                "消防指挥员{chief}次日早晨向记者通报了情况。",
                "约{crew}名消防队员用了{hours}个小时才把大火扑灭。警方估计损失约{cost}元。{street}的居民"
                "连夜离开家门，被安置在附近的体育馆里过夜。",
                "自{year}年起任职的市长{mayor}向救援人员表示感谢，并宣布仓库不会在原地重建。起火原因目前"
                "还不清楚，专家已经开始调查。",
                "这座仓库最近由一名家具商人使用。他在{months}个月前才租下这里，并说自己买了足够的保险。",
            ),
            (
                "{city}议会{day}以{yes}票对{no}票通过决议，对{site}的室内游泳馆进行翻修。工程预计花费"
                "{cost}元，明年春天开工。",
                "市长{mayor}说，这对全市的孩子来说是个好消息，因为每三个小学毕业生里就有一个不太会游泳。"
                "{months}个月前，游泳馆因为天花板掉落而关闭。",
                "反对派议员{chief}认为计划太贵，另外{hours}所学校还缺少经费，而{street}的居民又要忍受施工"
                "的噪音。",
                "游泳馆建于{year}年。省里将承担百分之{injured}的费用，此前约{crew}名市民在请愿书上签了名。",
            ),
        ),
        cities=("临江市", "青岩县", "白河镇", "海陵区", "龙泉乡", "云浮港"),
        people=("张永明", "李秀兰", "欧阳洁", "赵铁柱", "孙晓梅", "钱伯涛"),
        sites=("火车北站", "老码头", "南门桥", "纺织厂", "苹果园"),
        streets=("解放路", "建设街", "梧桐巷", "滨湖道", "红旗弄"),
        days=("星期二", "星期三", "周四", "礼拜五", "星期日"),
        credit="【港城通讯社电】本文由合作通讯社提供，未经许可不得转载。",
        foot="更多新闻请下载我们的手机应用，也欢迎写信告诉我们您的看法。",
    ),
    "ja": Wire(
        reports=(
            (
                "{day}の夜、{city}の{site}に近い倉庫から火が出て、{injured}人がけがをし、このうち2人が"
                "重傷です。消防の{chief}隊長が翌朝の会見で明らかにしました。",
                "およそ{crew}人の消防隊員が出動し、火は{hours}時間後に消し止められました。警察によります"
                "と被害額は{cost}円に上るとみられます。{street}の住民は家を離れ、近くの体育館で夜を明か"
                "しました。",
                "{year}年から市長を務める{mayor}さんは、救助にあたった人たちに感謝したうえで、倉庫を同じ"
                "場所に建て直すことはないと述べました。火が出た原因は専門家が調べています。",
                "倉庫は最近まで家具を扱う業者が使っていました。{months}か月前に借りたばかりで、保険には"
                "入っていたということです。",
            ),
            (
                "{city}の議会は{day}、{site}にある屋内プールを改修する案を賛成{yes}、反対{no}で可決しまし"
                "た。費用は{cost}円で、来年の春に工事が始まります。",
                "{mayor}市長は、小学校を終えても3人に1人は十分に泳げないとして、子どもたちにとって良い知ら"
                "せだと話しました。プールは天井の一部が落ちたため、{months}か月前から閉鎖されていました。",
                "野党の{chief}議員は費用が高すぎると批判しました。ほかの{hours}校に回すお金が足りず、"
                "{street}の住民はまた騒音に悩まされるといいます。",
                "プールは{year}年に建てられました。県が費用の{injured}パーセントを負担し、およそ{crew}人の"
                "市民が署名していました。",
            ),
        ),
        cities=("白浜町", "赤谷村", "三隅市", "桜井郷", "十勝野", "能登島"),
        people=("青川健一", "森田さゆり", "渡部誠", "小笠原恵", "田所剛志", "八木沢緑"),
        sites=("貨物駅", "旧市場", "第二埠頭", "製糸工場", "南公園"),
        streets=("柳通り", "鍛冶屋町", "港一丁目", "宮前坂", "若葉台"),
        days=("火曜日", "水曜日", "木曜日", "金曜日", "日曜日"),
        credit="【港町通信】この記事は提携する通信社から配信されたものです。",
        foot="ほかのニュースはアプリでもお読みいただけます。ご意見をお寄せください。",
    ),
    "ar": Wire(
        reports=(
            (
                "اندلع حريق ليلة {day} في مستودع قرب {site} في مدينة {city}، وأسفر عن إصابة {injured}"
                " شخصا، بينهم اثنان في حالة خطرة، بحسب ما أعلن صباحا قائد الإطفاء {chief}.",
                "واحتاج نحو {crew} من رجال الإطفاء إلى {hours} ساعات لإخماد النيران. وقدرت الشرطة الخسائر"
                " بنحو {cost} دولار. واضطر سكان شارع {street} إلى مغادرة منازلهم وقضاء الليلة في صالة"
                " رياضية.",
                "وشكر رئيس البلدية {mayor}، الذي يشغل المنصب منذ {year}، فرق الإنقاذ وأعلن أن المستودع لن"
                " يبنى من جديد. ويبحث الخبراء الآن عن سبب اندلاع النار.",
                "وكان تاجر أثاث يستخدم المبنى في الفترة الأخيرة. وقد استأجره قبل {months} شهرا فقط، ويقول"
                " إنه مؤمن عليه.",
            ),
            (
                "أقر مجلس مدينة {city} يوم {day} بأغلبية {yes} صوتا مقابل {no} ترميم المسبح المغطى في"
                " {site}. وتبلغ كلفة الأعمال {cost} دولار وتبدأ في الربيع المقبل.",
                "وقال رئيس البلدية {mayor} إن الخبر سار لأطفال المدينة، فثلثهم تقريبا لا يجيد السباحة عند"
                " نهاية المدرسة. وكان المسبح مغلقا منذ {months} شهرا بعد سقوط أجزاء من سقفه.",
                "ورأى النائب المعارض {chief} أن الخطة مكلفة جدا، وأن المال ينقص {hours} مدارس أخرى، وأن"
                " سكان شارع {street} سيتحملون الضجيج مرة أخرى.",
                "وبني المسبح عام {year}. وتتحمل المحافظة {injured} بالمئة من الكلفة، وكان نحو {crew} مواطن"
                " قد وقعوا عريضة.",
            ),
        ),
        cities=("القلعة", "الميناء", "الرستن", "الزاوية", "بلبيس", "السويداء"),
        people=(
            "سامر الحلبي", "ليلى منصور", "خالد الزهراني", "نادية بوزيان", "يوسف قاسم", "هدى شاهين",
        ),
        sites=("محطة القطار", "السوق القديم", "جسر النهر", "مصنع السكر", "حديقة الورود"),
        streets=("الزيتون", "النخيل", "الاستقلال", "الجامعة", "الياسمين"),
        days=("الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "الأحد"),
        credit="المرفأ (وكالة الشاطئ) – ينشر هذا الخبر بالاتفاق مع وكالة أنباء شريكة للصحيفة.",
        foot="تابعوا المزيد من الأخبار في تطبيقنا على الهواتف واكتبوا لنا رأيكم في ما قرأتم.",
    ),
}  # fmt: skip
"""By ISO 639-1 code."""
