"""Which lines of a page are not the release's own words: banners, menus, share bars, contacts.

Each test looks at one stripped line. They are general: words that pages of any office put round
their releases, in the languages that dates are read in.
"""

import re

from index.furniture import is_foreign_banner, is_foreign_tail, is_foreign_tool
from index.notices import is_notice

# Whole lines of menus, share bars and page tools.
_TOOLS = re.compile(
    r"""^(?:skip\s(?:to|navigation)\b.*|scroll\ to\ top|back\ to\ (?:top|list|all|news).*|top
    |you\ are\ here:?|breadcrumbs?|(?:primary|secondary|main|site|footer|header|utility|section|page
    |user)\ (?:navigation|menu|nav|links)|(?:latest\ )?news(?:\ latest\ news)?\ feed
    |home\ ?page|home|menu|main\ menu|navigation|search(?:\ for|\ form|\ this\ site)?
    |share(?:\ (?:this|on|via)\b.*)?:?
    |print(?:er?(?:[\ -]friendly)?(?:\ version)?)?(?:\ this\ page)?|e-?mail(?:\ this.*)?|tweet
    |facebook|twitter|x|linkedin|instagram|youtube|pinterest|reddit|whatsapp|rss(?:\ feed)?
    |follow\ us(?:\ on\b.*)?|subscribe.{0,60}|sign\ up.{0,60}|log\ ?in|sign\ in|contact\ us|help
    |close(?:\ (?:\w+\ ){0,2}(?:window|menu|search|dialog|panel))?
    |open|toggle\b.*|read\ more|learn\ more|view\ (?:all|more)\b.*|load\ more|see\ (?:all
    |more)\b.*
    |accessibility(?:\ (?:links?|statement))?|privacy(?:\ (?:policy|notice|statement))?
    |terms(?:\ of\ (?:use|service))?|site\ ?map|disclaimer|foia|cookies?(?:\ (?:policy
    |settings))?|feedback
    |(?:\d[\d.,]*\ (?:views?|comments?|shares?|likes?|reads?|hits?|visits?)\s*)+|click\ here\ (?:for|to)\ .{3,60}
    |(?:proudly\ )?(?:powered
    |created)\ (?:by|with)\ .{2,30}|a[-+]?(?:\ a[-+]?)+|header\ ads|screen\ reader\ access
    |\d+\ min(?:ute)?s?\ read|printer[\ -]friendly.{0,20}|return\ to\ .{3,40}
    |view\ (?:the\ )?(?:full|mobile|desktop|standard)\ (?:site|version)|other\ formats:?|view\ (?:file|pdf|as\ pdf)
    |(?:home|accueil|inicio|in[íi]cio|start(?:seite|sida)?|portada|hjem|hem|forside|etusivu|p[áa]gina\ inicial
    |strona\ g[łl][óo]wna|[úu]vod|dom[ůu]|ana\ sayfa)\s*[»>›/].*
    |(?:first|now|then|next|or),?\ (?:please\ )?(?:enter|choose|select|pick|type)\ (?:an?|your|the|one)\ .{3,40}
    |(?:please\ )?(?:enter|choose|select|type)\ (?:an?|your|the)\ (?:\w+\ ){0,3}(?:(?:zip|postal)\ ?code
    |keywords?|category
    |search\ terms?|option|topic|year|month|e-?mail(?:\ address)?)
    |permalink:.*|read\ this\ (?:release|page|article|story)\ in\b.*|.{0,12}show\ caption.*|live\ edit
    |usted\ est[áa]\ en:?.{0,60}|vous\ [êe]tes\ ici:?.{0,60}|voc[êe]\ est[áa]\ aqui:?.{0,60}
    |ti\ trovi\ in:?.{0,60}|(?:image|imagen|foto|photo|bild|picture)(?:[\ _]\w+?)?[\ _-]\d{3,}|skip\ to\ .{3,30}
    |listen(?:\ to\ this.*)?|download(?:\ (?:pdf|as\ pdf|file))?
    |pdf(?:\ version)?|english|espa[ñn]ol|fran[çc]ais|deutsch|portugu[êe]s|en\ espa[ñn]ol
    |previous|next|(?:previous|next)\ (?:post|article|page|story)\b.*|[«»‹›<>|•·–—*+=_~.\s-]+
    |\d{1,3}|(?:page|seite|p[áa]gina)\ \d+(?:\ (?:of|von|de|/)\ \d+)?|\d+\ (?:of|/)\ \d+
    |loading\.*|advertisement|u\.?s\.?\ flag|government\ website|breaking\ news|latest\ news
    |alle\ meldungen|folgen|startseite|zur\ startseite|men[üu]|suche|teilen|drucken|seite\ (?:drucken|teilen|empfehlen)
    |nach\ oben|(?:direkt\ )?zum\ (?:(?:haupt)?inhalt|seitenanfang|hauptmen[üu]).*|sie\ sind\ hier:?.{0,120}
    |servicemen[üu]e?
    |(?:pular|ir|saltar|passer|aller|salta|vai|springen?|direkt|hopp(?:a)?|g[åa]|ga|siirry|przejd[źz])
    \ (?:direkt\ |directamente\ |directement\ )?(?:para|al?|au|til|till|naar|zum|do|de)?\ ?(?:o\ |la\ |het\ |de\ )?
    (?:conte[úu]do|contenido|contenu|contenuto|content|inhalt|innhold|indhold|inneh[åa]ll|inhoud|sis[äa]lt[öo][öo]n
    |tre[śs]ci)(?:\ (?:principal|principale))?
    |hauptmen[üu]|kontakt|impressum|datenschutz(?:erkl[äa]rung)?|inhalt|barrierefreiheit
    |zur[üu]ck.{0,30}
    |inicio|compartir|imprimir|buscar|volver.{0,30}|ir\ al\ contenido|men[úu]\ principal|accueil
    |partager|imprimer|rechercher|retour.{0,30}|aller\ au\ contenu|compartilh(?:ar|e).{0,40}
    |in[íi]cio|pesquisar|voltar.{0,30}|ir\ para\ o\ conte[úu]do
    )$""",
    re.I | re.X,
)
# Words of share bars and page tools: a short line of these alone, with one of the first, is one.
_TOOL_CORE = frozenset(
    "share tweet print close copy permalink facebook twitter linkedin whatsapp instagram youtube telegram"
    " pinterest reddit tumblr messenger bluesky threads mastodon xing flickr rss email mail e-mail"
    " imprimir imprime imprima imprimer imprimez stampa drucken afdrukken skriv imprimez enviar envoyer"
    " inviare partager partagez compartir comparte compartilhar compartilhe condividi teilen delen deel"
    " dela copiar copier kopieren copia bookmark like download descargar télécharger herunterladen baixar"
    " scarica zoom large medium small larger smaller increase decrease resize navigation".split()
)
_TOOL_WORDS = _TOOL_CORE | frozenset(
    "this page pages article story news release post item content text font size social media networks"
    " network with to on via by the a an in and or of as from for your our it x us your friend friends link"
    " links url version friendly pdf button icon web window new tab reply print la le les el los las una un"
    " une esta este cette ce diese diesen dieser seite questa pagina página completa deze o os de del della da do"
    " das dos en em por par sur auf su op på para pela área transferência redes sociales sociais réseaux sociaux"
    " sozialen medien correo electrónico y et und e i og och per post loading more".split()
)
_WORD_OR_SIGN = re.compile(r"[^\W_]+(?:-[^\W_]+)?")
# What screen readers are told of a link, or of an image.
_NEW_WINDOW = re.compile(
    r"\b(?:opens? in (?:a )?new (?:browser )?(?:tab|window)|abre (?:en )?(?:una )?(?:nueva )?(?:ventana|pesta[ñn]a)"
    r"|(?:[öo]ffnet|[öo]ffnen) (?:sich )?(?:in|im) (?:einem )?neue[mns]* (?:fenster|tab)"
    r"|(?:s.)?ouvre dans (?:une? )?nouve(?:lle|l) (?:fen[êe]tre|onglet)"
    r"|abre (?:em|numa) (?:uma )?nova (?:janela|aba|guia)"
    r"|(?:si )?apre in (?:una )?nuova (?:finestra|scheda)|opent in (?:een )?nieuw (?:venster|tabblad))\b",
    re.I,
)
# A bar of links is no longer than this.
_LONGEST_BAR = 240
_SIGNS = " :⇐⇒←→⇦⇨◄►"
_STEP = re.compile(
    r"previous|next|zurück|weiter|vorige|nächste|anterior|siguiente|pr[ée]c[ée]dent|suivant|próxim|precedente|successivo",
    re.I,
)
_PARTS = re.compile(r"\s*[|•·»]\s*")
# Sentences of banners.
_BANNER = re.compile(
    r"""(?:an\ )?official\ (?:web)?(?:site|page)s?\ (?:of|use)\b|\.(?:gov|mil)\ website\ belongs
    |https(?:://)?\)?\ (?:means|ensures)|safely\ connect(?:ed)?\ (?:to|using)
    |secure\ \.?\w+\ websites|shar(?:e|ing)\ sensitive\ information
    |shortcut\ key|tecla\ de\ atalho|(?:reduce|increase)\ (?:the\ )?font|(?:diminuir|aumentar)\ o\ tamanho\ do\ texto
    |navigating\ with\ support|navega[cç][aã]o\ com\ tecnologias
    |websites\ often\ end\ in|means\ it.?s\ official|website\ belongs\ to\ an\ official
    |here.?s\ how\ you\ know|archived\ content|contains\ (?:outdated|historical)\ information
    |may\ not\ reflect\ current|no\ longer\ (?:being\ )?(?:updated|maintained)
    |historical\ material|frozen\ in\ time|this\ is\ (?:an\ )?archived?\b
    |uses?\ cookies|accept\ (?:all\ )?cookies|(?:enable|requires?)\ javascript
    |javascript\ is\ (?:dis|required)|your\ browser|all\ rights\ reserved
    |page\ (?:was\ )?(?:generated|printed|last)|was\ this\ page\ helpful
    |this\ page\ was\ not\ helpful|are\ you\ a\ human
    |(?:support|upgrade|update)\ (?:the|your)\ browser|to\ (?:un)?subscribe
    |appeared\ first\ on\b|leave\ this\ field|subscribe\ to\ (?:our|receive|e-?mail)|sign\ up\ (?:for|to\ receive)
    |to\ receive\ (?:e-?mail|updates)|connect\ with\ us|enter\ your\ e-?mail
    |keine\ (?:meldung|nachricht)\ .{0,80}\ verpassen|please\ consider\ (?:a\ donation|donating)
    |create\ an?\ (?:website\ |user\ )?account\b|encuesta\ de\ satisfacci[óo]n|rate\ this\ page
    |was\ this\ (?:web)?page\ useful|did\ you\ find\ what|help\ us\ improve
    |you\ are\ (?:receiving|visitor)|you\ (?:have\ )?received\ this|to\ (?:leave|be\ removed\ from)
    \ (?:the|this|our)\s.{0,40}\b(?:list|group|newsletter|service|mail)
    |\ban\ equal[\ -]opportunity\ (?:employer|provider|institution)\W*$
    |(?:visitor|hit)\ count(?:er)?\b|view\ in\ (?:your\ )?browser|unsubscribe|if\ you\ (?:have\ trouble|cannot)\ (?:read
    |view)""",
    re.I | re.X,
)
# One of these is in every such sentence; looking for them first is ten times faster.
_BANNER_WORDS = (
    "official", "website", "http", "safely", "know", "archive", "outdated", "historical", "reflect",
    "longer", "frozen", "appeared", "you are", "received this", "to leave", "to be removed", "count",
     "cookie", "javascript", "browser", "rights", "page", "human", "field",
    "shortcut", "atalho", "font", "tamanho", "navigating", "navega", "subscribe", "sign up", "receive", "donat",
    "verpassen", "connect", "e-mail", "email", "if you", "opportunity", "account", "encuesta", "did you", "help us",
)  # fmt: skip
# A line that offers files rather than says something.
_DOWNLOAD = re.compile(
    r"^(?:\W*)(?:downloads?|download (?:the|this) .{3,60}|descargar?s?|t[ée]l[ée]charger|herunterladen"
    r"|baixar|scarica)\s*:\s",
    re.I,
)
# A line of a style sheet or a script, as texts copied from pages have them.
_CODE = re.compile(
    r"(?:[.#@][\w-]+[^.!?]{0,120}|[a-z][\w.#>:*,\[\]=\"'() -]{0,80})\{.{0,40}|\}[;,)\s}]*"
    r"|[a-z]+(?:-[a-z]+)*\s?:\s?[^.!?]{1,80};|(?:var|let|const|function|window\.|document\.|\$\(|jquery\b|return)\W?.{0,200}[;{}]"
)
_COPYRIGHT = re.compile(r"©|\bcopyright\b|\(c\)\s?(?:19|20)\d\d", re.I)
# Lines after which only the page goes on, not the release.
_TAIL = re.compile(
    r"""^(?:\#+\s*)?(?:share(?:\ (?:this|on|via|:).*)?:?
    |(?:see\ |view\ )?(?:related|recent|latest|more|other|similar|popular|trending|further|all)\s
    (?:posts?|news|articles?|stories|content|links?|releases?
    |press\ releases?|media\ releases?|information|items|topics|resources|documents|pages
    |headlines|statements)\b.{0,40}
    |tags?:?(?:\s.{0,80})?|tagged\ (?:with|as|under|in):?.{0,80}|topics?(?:\(s\))?:.{0,120}|topics?
    |keywords?:.{0,160}|categor(?:y|ies):.{0,80}|filed\ under:?.{0,80}|issues?:.{0,80}
    |component(?:\(s\))?:.{0,80}|(?:back|skip|return|jump|go)\ to\ (?:the\ )?top(?:\ of\ (?:the\ )?page)?
    |was\ this\ page\ helpful\??.*
    |bei\ (?:r[üu]ck)?fragen\b.{0,200}|(?:wichtiger\ )?hinweise?:?|avisos?:?|avertissement:?
    |advertisement\b.{0,40}|(?:page\ )?last\ (?:updated?|published|modified|reviewed|revised)\b.{0,60}|(?:updated
    |modified)(?:\ on)?:?\s.{0,40}|(?:letzte\ (?:änderung|aktualisierung)|stand\ ?:|[úu]ltima\ (?:actualizaci[óo]n
    |modificaci[óo]n|atualiza[çc][ãa]o|modifica[çc][ãa]o)|derni[èe]re\ (?:mise|modification)|date\ de\ modification
    |ultimo\ aggiornamento|sist\ (?:oppdatert|endret)|senast\ (?:uppdaterad|ändrad)
    |laatst\ gewijzigd).{0,60}|(?:leave|post|add|write)\ a\ (?:reply|comment).*
    |you\ (?:must|need\ to|have\ to)\ (?:be\ )?log(?:ged)?\ in\b.{0,60}|(?:log|sign)\ in\ to\ (?:leave|post)\ .{0,40}
    |bookmark\ the\ permalink.{0,20}|this\ (?:entry|post|item)\ was\ (?:posted|filed)\b.{0,160}|you\ just\ read:?
    |distribution\ channels:?.{0,80}|posts?\ navigation|(?:submit|view)\ (?:press\ )?releases?(?:\ by\ .{2,30})?
    |(?:no|\d+)\ (?:comments?|responses|replies)\b:?.{0,40}|please\ enter\ your\ .{2,20}|comments?(?:\ \(\d+\))?
    |print\ this.*|subscribe(?:\ .{0,60})?|sign\ up\b.{0,60}|follow\ us.{0,60}
    |connect\ with\ us.{0,40}|stay\ (?:connected|informed|up\ to\ date)\b.*|join\ (?:our
    |the)\ (?:mailing|e-?mail).*
    |press\ ?kontakt.{0,40}|pressestelle:?|kontakt:?|(?:media|press|news)\ (?:contacts?
    |enquir(?:y|ies)|inquir(?:y|ies)|office|queries)\b.{0,60}|contacts?(?:\ (?:information
    |details|us))?:?|for\ (?:more|further|additional)\ information,?(?:\ (?:please\ )?(?:contact
    |visit|call|email))?\b.{0,200}|for\ media\ (?:enquiries|inquiries)\b.{0,80}
    |r[üu]ckfragen\b.{0,40}|ansprechpartner(?:in)?(?:nen)?:?.{0,60}|pressekontakte?\b.{0,40}
    |weitere\ ausk[üu]nfte\b.{0,60}|contatti(?:\ stampa)?:?|ufficio\ stampa.{0,40}
    |pour\ (?:plus|toute)\ .{0,10}information.{0,60}|para\ m[áa]s\ informaci[óo]n\b.{0,60}
    |mais\ informa[çc][õo]es\b.{0,40}|per\ (?:ulteriori\ )?informazioni\b.{0,60}
    |(?:pers|press)kontakt.{0,30}|yhteystiedot.{0,20}|담당\ ?(?:부서|자).*|문의\ ?:?.{0,40}
    |.{0,10}お?問い?合わ?せ先?.{0,40}|联系(?:人|方式).{0,40}
    |contacto(?:\ de\ prensa)?s?:?.{0,40}|contacts?\ presse.{0,40}|contato(?:s)?:?.{0,40}
    |downloads?|weitere\ (?:informationen|meldungen|themen|links|artikel)\b.{0,60}
    |(?:das\ )?k[öo]nnte\ sie\ auch.{0,40}|mehr\ zum\ thema.{0,40}|zum\ thema.{0,30}
    |noticias\ relacionadas.{0,40}|articles?\ (?:li[ée]s|associ[ée]s).{0,40}
    |[àa]\ lire\ aussi.{0,40}|leia\ (?:mais|tamb[ée]m).{0,40}|etiquetas:?.{0,60}
    |mots[- ]cl[ée]s.{0,60}|schlagw[oö]rt.{0,60}|notes?\ (?:to|for)\ editors?:?
    |editor.?s?\ notes?:?|background\ notes?:?
    |(?:about|acerca\ de|sobre|[üu]ber|[àa]\ propos\ d[eu])\ (?:the\ )?(?:us|[A-Z].{2,70})
    |(?:select|choose)\ (?:a\ |your\ )?language|similar\ .{2,30}
    |most\ (?:popular|read|viewed)|site\ (?:links|information|footer)
    |(?:web\ |responsible\ )?editors?:\s.{2,30}|footer(?:\ menu)?|quick\ links)$""",
    re.I | re.X,
)
_LIST_HEAD = re.compile(
    r"(?:see |view )?(?:related|recent|latest|more|other|similar|popular|trending)\s+(?:\w+\s+)?"
    r"(?:posts?|news|articles?|stories|content|releases?|statements?|headlines)\b|tagged with",
    re.I,
)
_RELATED = re.compile(
    r"(?:see |view )?(?:related|similar|other|more) (?:\w+ )?(?:posts?|news|articles?|stories|content"
    r"|releases?|statements?|headlines|items)(?:\s?:.*| in .{2,40})?$"
    r"|you (?:may|might) also (?:like|be interested).{0,20}$"
    r"|(?:weitere|[äa]hnliche) (?:meldungen|artikel|pressemitteilungen|beitr[äa]ge|nachrichten)(?:\s?:.*)?$"
    r"|(?:noticias|notas|contenidos?|art[íi]culos) relacionad[oa]s?$|articles? (?:li[ée]s|similaires)$"
    r"|[àa] lire aussi$|(?:not[íi]cias|artigos) relacionad[oa]s$|notizie correlate$|leia tamb[ée]m$",
    re.I,
)
# What heads a list of what newspapers wrote.
_COVERAGE = re.compile(
    r"(?:\d{4} )?(?:(?:media|news|press) (?:links|coverage|clips|clippings|mentions|articles)"
    r"|in the (?:news|media|press)|(?:pressespiegel|revista de prensa|revue de presse|rassegna stampa))",
    re.I,
)
_END = re.compile(
    r"^(?:\\?#(?:\s*\\?#){0,9}|[-–—]+\s*(?:30|end|ends|fin|ende)\s*[-–—]+|-?\s*30\s*-|end|ends"
    r"|\*?\s*ende\s*\*?|fin|\(end\)|\[end\]|/{2,}|x{3}|[-–—*\s]*o{1,3}[o0]{1,3}o{1,3}[-–—*\s]*)$"
    r"|^ends?\s?/.{0,40}$|^n{4}$"
    r"|^end\s?\d{1,2}:\d\d\s?[ap]\.?m\.?\b.{0,10}$",
    re.I,
)
# A telephone's number, but no date in figures.
_PHONE = re.compile(
    r"(?<!\d)(?!(?:19|20)\d\d([./-])[01]?\d\1[0-3]?\d(?!\d))(?!\d\d?([./-])\d\d?\2(?:19|20)\d\d(?!\d))"
    r"\+?\d[\d ().\-/–]{6,}\d"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|\[email[^\]]*\]")
_CONTACT = re.compile(
    r"""^(?:(?:media|press|public|news)?\s?(?:contacts?|relations|inquiries|enquiries)"
    r"|contacts?(?:\ .{0,30})?|office|cell|mobile|phone|tel(?:ephone|efon)?\.?|fax|telefax"
    r"|e-?mail|web(?:site)?|internet|twitter|address|ansprechpartner(?:in)?|telefono|tel[ée]fono"
    r"|t[ée]l\.?|telefone|correo(?:\ electr[óo]nico)?|para\ m[áa]s\ informaci[óo]n|by|to|from"
    r"|attn|case\ \#|case\ no\.?|cc)\s*[:.\#]""",
    re.I | re.X,
)
_PLACE = re.compile(
    r"[(\[]?[A-ZÀ-Þ][\w.'’]*(?:[ ,]+(?:d[eo]l? |am |an der )?[A-ZÀ-Þ][\w.'’]*){0,4}[)\]]?"
    r"(?:,? [(]?[\w. ]{3,12},? \d{4}[)]?)?\s*(?:–|—|--|-(?=\s)|(?<=\s)-|\.-)\s*(?=[\"“«„]?[^\W\d_])"
)
_DATELINE = re.compile(r"[A-ZÀ-Þ].{9,80}\b(?:19|20)\d\d\s?\.?\s?[-–—]")
# A line that is the place of a dateline: "WASHINGTON DC", "Salem, Ore.".
_PLACE_LINE = re.compile(
    r"(?i:washington)\s*[-–—]*|[(\[]?[A-Z][\w.’']*(?: [A-Z][\w.’']*){0,3}(?:,? (?:D ?C|[A-Z]\. ?[A-Z]\.)"
    r"|, (?i:a[lkzr]|c[aot]|de"
    r"|fl|ga|hi|i[dlna]|k[sy]|la|m[edainsot]|n[evhjmycd]|o[hkr]|pa|ri|s[cd]|t[nx]|ut|v[ta]|w[aviy]"
    r"|ala|alaska|ariz|ark|calif|colo|conn|del|fla|idaho|ill|ind|iowa|kans?|maine|mass|mich|minn"
    r"|miss|mont|neb|ohio|okla|ore|penn|tenn|tex(?:as)?|utah|wash|wis|wyo))\.?[)\]]?\s*[-–—]*"
    r"|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2} (?:A[LKZR]|C[AOT]|DE|FL|GA|HI|I[DLA]|K[SY]|LA|M[EDAINSOT]"
    r"|N[EVHJMYCD]|OH|OK|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AIVY])"
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?:\s|$)|[:;]\s*$")
# The end of a sentence with the start of another: "was done. The".
_BETWEEN = re.compile(r"[^\W\d_A-ZÀ-Þ]{4}[.!?…][\"'”’»)\]]*\s+[\"“«„(]?[A-ZÀ-Þ]")
_CLOSED = re.compile(r"[^\W\d_]{2,}[.!?…][\"'”’»)\]]*$")
_LOWER = re.compile(r"\b[^\W\d_A-ZÀ-ÖØ-Þ][^\W\d_]{2,}")
_WORD = re.compile(r"[^\W\d_]{3,}")
_SMALL = re.compile(r"\b(?:the|an?|of|in|to|for|at|on|by|from|with|and|was|has)\b")
# Scripts without spaces between words, and what ends their sentences.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_STOPS = re.compile("[。！？．]")


def is_tool(line: str) -> bool:
    """Whether the line is a menu entry, a share button or an ornament: "Back to Top", "• • •"."""
    if len(line) > _LONGEST_BAR or len(line) > 120 and " | " not in line:
        return False
    if _TOOLS.match(line) or len(line) <= 80 and _is_bar(line):
        return True
    pieces = [piece.strip(_SIGNS) for piece in _PARTS.split(line) if piece.strip(_SIGNS)]
    tools = [_TOOLS.match(piece) or is_foreign_tool(piece) for piece in pieces]
    if len(pieces) > 2:  # a bar of tools, with a clock or a link of the site's own perhaps
        return sum(map(bool, tools)) >= max(2, len(pieces) / 2)
    if pieces and all(_TOOLS.match(piece) for piece in pieces):
        return True
    return _NEW_WINDOW.search(line) is not None and not is_prose(line)


def _is_bar(line: str) -> bool:
    words = [word.lower() for word in _WORD_OR_SIGN.findall(line)]
    return not _TOOL_CORE.isdisjoint(words) and _TOOL_WORDS.issuperset(words)


def is_banner(line: str) -> bool:
    """Whether the line is a sentence that a site prints on every page."""
    if len(line) > 400:
        return False
    lower = line.lower()
    if any(word in lower for word in _BANNER_WORDS) and _BANNER.search(line):
        return True
    return len(line) < 200 and _COPYRIGHT.search(line) is not None


def is_step(line: str) -> bool:
    """Whether the line leads to the page before or after, whose title then stands below it."""
    return len(line) <= 40 and _STEP.search(line) is not None and is_tool(line)


def is_copyright(line: str) -> bool:
    """Whether the line claims a copyright."""
    return _COPYRIGHT.search(line) is not None


def is_code(line: str) -> bool:
    """Whether the line is of a style sheet or a script: ".menu p {", "}", "color: #333;"."""
    marked = line[-1:] in "{};" or "{" in line
    return marked and len(line) <= 200 and _CODE.fullmatch(line) is not None


def is_furniture(line: str) -> bool:
    """Whether the line's words alone show that it is no part of a release."""
    if is_tool(line) or is_banner(line) or is_code(line) or is_notice(line):
        return True
    if is_foreign_tool(line) or is_foreign_banner(line):
        return True
    return len(line) <= 400 and bool(_DOWNLOAD.match(line))


def is_tail(line: str) -> bool:
    """Whether the page, and no longer the release, goes on after this line: "Related news"."""
    return len(line) <= 240 and bool(_TAIL.match(line)) or is_foreign_tail(line)


def is_list_head(line: str) -> bool:
    """Whether the line heads a list of other pages: "Latest Posts", "Related news"."""
    return len(line) <= 80 and bool(_LIST_HEAD.match(line))


def is_related(line: str) -> bool:
    """Whether the line heads a list of what is only related to the page: "Related Posts"."""
    return len(line) <= 60 and bool(_RELATED.match(line))


def is_coverage(line: str) -> bool:
    """Whether the line heads a list of what others wrote: "Media Links", "In the News"."""
    return len(line) <= 40 and bool(_COVERAGE.fullmatch(line.strip("# *_:")))


def is_end(line: str) -> bool:
    """Whether the line is a mark for the end of a release: "###", "-30-", "ENDS"."""
    return len(line) <= 50 and bool(_END.match(line))


def is_contact(line: str) -> bool:
    """Whether the line gives someone's telephone, address or role as a contact."""
    if len(line) > 160:
        return False
    if _CONTACT.match(line):
        return True
    reach = _PHONE.search(line) or _MAIL.search(line)
    return bool(reach) and len(_WORD.findall(line)) <= 12


def opens_with_place(text: str) -> bool:
    """Whether a line begins as the text of a release often does: "(LIMA, Peru) – The ministry"."""
    return bool(_PLACE.match(text))


def opens_with_dateline(text: str) -> bool:
    """Whether a text opens with a place, or with a place and a date: "Silao, Gto a 13 de mayo de
    2019.- "."""
    return bool(_PLACE.match(text) or _DATELINE.match(text))


def is_place(line: str) -> bool:
    """Whether the line is no more than the place of a dateline: "WASHINGTON DC", "Salem, Ore.", also
    where the text lost its commas: "Orono  ME"."""
    return len(line) <= 40 and bool(_PLACE_LINE.fullmatch(" ".join(line.split())))


def is_prose(text: str) -> bool:
    """Whether a paragraph is running text rather than a heading, a list of names or a menu.

    Running text has at least eight long words. Most of them are in lower case and a sentence ends
    somewhere or it is very long, or a third of them are and it ends like a sentence.
    """
    if not text.isascii() and _STOPS.search(text):
        unspaced = len(_UNSPACED.findall(text[:600]))
        if unspaced >= 30 and unspaced >= 0.5 * min(len(text), 600):
            return True
    if len(text) < 70:
        return False
    words = len(_WORD.findall(text[:600]))
    lower = len(_LOWER.findall(text[:600]))
    if words < 8:
        return False
    if (
        len(text) < 200
        and not re.search(r"[.!?…:;][\"'”’»)\]]*$", text)
        and not _BETWEEN.search(text)
    ):
        return False  # a headline, however long
    if lower >= 0.5 * words and (_SENTENCE_END.search(text[:1200]) or len(text) > 240):
        return True
    if lower >= 0.4 * words and len(text) >= 200 and _BETWEEN.search(text[:600]):
        return True  # German, where a third of the words have capitals
    if not _CLOSED.search(text[-40:]):
        return False
    # a sentence full of names has small words
    return lower >= 0.3 * words or len(text) >= 150 and len(_SMALL.findall(text[:600])) >= 6
