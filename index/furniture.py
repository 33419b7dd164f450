"""Lines that sites put round their releases in other languages than English: page tools, what
closes a text, notices about cookies. Tests look at one stripped line, as those of boilerplate.py."""

import re

_TOOLS = re.compile(
    r"조회수?|목록|인쇄(?:하기)?|공유(?:하기)?|첨부파일|이전글.{0,60}|다음글.{0,60}|내가 본 콘텐츠"
    r"|印刷(?:する)?|一覧(?:へ戻る)?|ページの?(?:先頭|トップ)(?:へ|に)(?:戻る)?|本文へ.{0,10}|検索|打印.{0,10}|分享.{0,10}"
    r"|浏览次数.{0,20}|字体.{0,20}|返回顶部|上一篇.{0,60}|下一篇.{0,60}"
    r"|(?:bislang |noch )?nicht bewertet|not (?:yet )?rated(?: yet)?|no (?:ratings?|votes)(?: yet)?"
    r"|(?:a[úu]n |todav[íi]a )?sin (?:calificar|calificaci[óo]n|votos|valorar)|pas encore (?:not[ée]|[ée]valu[ée])"
    r"|(?:[ée]crire|contact(?:er)?) (?:au |the |le |to )?web ?(?:mestre|master)|webmaster"
    r"|informations l[ée]gales.{0,30}"
    r"|mentions l[ée]gales|plan du site|accessibilit[ée]|accesibilidad|acessibilidade|accessibilit[àa]"
    r"|aviso legal|mapa (?:del sitio|web|do site)|note legali|mappa del sito|toegankelijkheid"
    r"|(?:derni[èe]re (?:version|modification|mise [àa] jour)"
    r"|[úu]ltima (?:versi[óo]n|actualizaci[óo]n|atualiza[çc][ãa]o)"
    r"|last (?:version|update|change)) (?:de|of|da) (?:cette |esta |this )?(?:page|p[áa]gina)\b.{0,30}"
    r"|(?:tiempo de lectura|temps de lecture|tempo d[ie] l(?:ettura|eitura)|lese(?:zeit|dauer|tid)|leestijd"
    r"|l[äæ]s(?:e)?tid"
    r"|czas czytania|reading time)\b.{0,24}|\d{1,2} ?min(?:uti|utes|utos|uten|uter|\.)?"
    r"|(?:fotos?|photos?|bild(?:er|quelle|nachweis)?|imagen(?:es)?|cr[ée]dits? photos?|photo credit"
    r"|cr[ée]ditos?)\s?: .{2,90}"
    r"|vedi azioni|lees voor|voorlezen|vorlesen(?: lassen)?|(?:seite|text) vorlesen|[ée]couter(?: .{0,30})?"
    r"|escuchar|ascolta"
    r"|udost[ęe]pnij.{0,30}|drukuj.{0,20}|powr[óo]t|wydrukuj|jaa .{0,30}|tulosta|skriv ut|udskriv"
    r"|del (?:denne )?(?:siden|artikkelen)"
    r"|dela (?:sidan|artikeln|p[åa].{0,20})|(?:artikel|beitrag|seite|meldung) (?:teilen|drucken|empfehlen"
    r"|versenden|merken)"
    r"|(?:aumentar|disminuir|reducir|augmenter|diminuer|réduire|aumenta|diminuisci|diminuir)(?: (?:el|la|le|il|o"
    r"|a|de|del|du|da"
    r"|do|tama[ñn]o|taille|dimensione|tamanho|letra|text[eo]|testo|fuente|fonte|police)){1,6}",
    re.I,
)
_TAILS = re.compile(
    r"(?:categor[íi]as?|cat[ée]gories?|categori[ae]|kategorien?|rubri(?:k|que|ca)s?|secci[óo]n(?:es)?|editorias?"
    r"|etiquetas|marcadores)\s?:.{1,100}"
    r"|(?:weitere|andere|neueste|aktuelle|[äa]hnliche) (?:presse|medien)?(?:mitteilungen|meldungen|informationen"
    r"|themen"
    r"|artikel|nachrichten|beitr[äa]ge|links)\b.{0,60}"
    r"|adresse f[üu]r r[üu]ckfragen|herausgeber(?:in)?:?|(?:zugeh[öo]rige )?dokumente|links|anh[äa]nge(?: zu.{1,40})?"
    r"|otras noticias|m[áa]s noticias|[úu]ltimas noticias|(?:tambi[ée]n )?te puede interesar|ver tambi[ée]n"
    r"|aviso legal\b.{0,90}"
    r"|(?:documentos|archivos|enlaces|contenidos?) (?:relacionados|adjuntos|de inter[ée]s)|archivos?:?|descargas"
    r"|galer[íi]a.{0,30}"
    r"|voir aussi|sur le m[êe]me (?:th[èe]me|sujet)|dans la m[êe]me rubrique|documents? (?:[àa] t[ée]l[ée]charger"
    r"|associ[ée]s?|joints?)"
    r"|pi[èe]ces? jointes?.{0,20}|mentions l[ée]gales\b.{0,90}|t[ée]l[ée]charger (?:le |la |les |l[’'])\w+.{0,60}"
    r"|argomenti|allegati|link utili|vedi anche|leggi anche|potrebbe(?:ro)? interessar\w+.{0,20}|altre notizie"
    r"|(?:contenuti|notizie|documenti) correlat[ie]|ulteriori informazioni|a cura di\b.{0,60}"
    r"|registrado em:?.{0,80}|assuntos?(?:\(s\))?:.{0,80}|veja (?:tamb[ée]m|mais)|mais not[íi]cias"
    r"|conte[úu]dos? relacionados?"
    r"|anexos?|assessoria de (?:comunica[çc][ãa]o|imprensa)\b.{0,40}"
    r"|zie ook|lees ook|meer (?:nieuws|informatie|over .{2,40})|gerelateerde? .{0,30}|over deze site"
    r"|deel deze pagina|bijlagen?"
    r"|l[äa]s (?:mer|ocks[åa])\b.{0,40}|relaterat.{0,30}|mer information.{0,30}|yderligere oplysninger.{0,30}"
    r"|l[æa]s (?:mere|ogs[åa])\b.{0,40}"
    r"|les (?:mer|ogs[åa])\b.{0,40}|relater(?:t|ede).{0,30}|sidst opdateret.{0,30}"
    r"|metryka.{0,30}|zobacz (?:te[żz]|tak[żz]e|r[óo]wnie[żz]).{0,40}|za[łl][ąa]czniki.{0,20}"
    r"|lis[äa]tietoja.{0,40}|lue my[öo]s.{0,30}",
    re.I,
)
# What a page asks of its reader, and tells him of its cookies.
_COOKIES = re.compile(
    r"\b(?:verwende\w*|nutz\w+|utili[sz]\w+|usa(?:mos)?|uses?|gebrui\w+|bru[kg]er|anv[äa]nder|k[äa]yt\w+|u[żz]ywa\w*"
    r"|akzeptier\w*|acept\w*|accept\w*|aceit\w*) .{0,40}\b(?:cookies?|informasjonskapsler|kakor)\b",
    re.I,
)
_COOKIE_WORDS = ("ookie", "informasjonskapsler", "kakor")
_FEEDBACK = re.compile(
    r"(?:fant du det|hittade du|fandt du|hast du gefunden|war diese seite|haben sie gefunden|vous avez trouv[ée]"
    r"|cette page vous|quanto sono chiare|questa pagina ti|esta p[áa]gina foi|te ha resultado|¿?te fue [úu]til"
    r"|¿?le result[óo]|was deze (?:pagina|informatie)|heeft u gevonden)\b.{0,90}[?.]",
    re.I,
)
# A breadcrumb: steps of a few words each.
_STEPS = re.compile(r"(?:[^>»›/|]{2,40}\s[>»›]\s)+[^>»›/|]{2,60}")


def is_foreign_tool(line: str) -> bool:
    """Whether the line is a button or a count of a page: "Vedi azioni", "Lesezeit: 3 Minuten"."""
    return len(line) <= 80 and _TOOLS.fullmatch(line) is not None


def is_foreign_tail(line: str) -> bool:
    """Whether the page, and no longer the release, goes on after the line: "Zie ook"."""
    return line.startswith("Impressum:") or len(line) <= 160 and _TAILS.fullmatch(line) is not None


def is_foreign_banner(line: str) -> bool:
    """Whether the line is a notice about cookies, or asks what the reader thinks of the page."""
    if len(line) > 400:
        return False
    cookies = any(word in line for word in _COOKIE_WORDS) and _COOKIES.search(line)
    return bool(cookies) or _FEEDBACK.match(line) is not None


def is_trail(line: str) -> bool:
    """Whether the line is the way to a page through its site: "Forside > Nyheder"."""
    return (
        len(line) <= 160
        and line.count(">") + line.count("»") + line.count("›") > 0
        and bool(_STEPS.fullmatch(line))
    )
