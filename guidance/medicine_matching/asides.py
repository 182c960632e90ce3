"""Which words of a medicine list are not names: forms, units, firms, doses, times of day.

They are never needed to find a name. They tell where a misspelt name ends, that «kveld» in «morgen og kveld»
is no second medicine, and that a comma before «ved behov» does not begin the next line of a list.
"""

from __future__ import annotations

from guidance.medicine_matching.spelling import clean

_FORMS = """
tab tabl tbl tabs tablet tablets tablett tabletter tabletten filmdrasjert filmdrasjerte drasjert drasjerte
drasje depottab depottabletter depottablett depotkaps depotkapsler depotkapsel depotplaster depotinjeksjon
depotsprøyte enterotab enterotabletter enterotablett enterokaps enterokapsler kaps kapsel kapsler caps
capsule capsules mikst mikstur oppl oppløsning oppløselig oppløselige smeltetab smeltetabletter
smeltetablett brusetab brusetabletter brusetablett tyggetab tyggetabletter tyggetablett sugetab
sugetabletter sugetablett pastiller resoribletter resoriblett sublingvaltab sublingvaltabletter vagitorier
vagitorie vagtab vaginaltabletter vaginalinnlegg stikkpiller stikkpille supp suppositorier inj injeksjon
injeksjoner injeksjonsvæske infusjon infusjonsvæske inf væske konsentrat pulver granulat dosepose doseposer
poser implantat plaster plastre spray nesespray nesedråper øyedråper øredråper dråper salve krem gel
liniment sjampo inhalasjon inhalasjonspulver inhalasjonsaerosol inhalator inh aerosol turbuhaler diskus
flexpen kwikpen flextouch solostar penfill penn pen sprøyte ferdigfylt ferdigfylte sylinderampulle
hetteglass ampulle ampuller tyggegummi munnhule munnpulver depot retard forte mite mups velotab lyofilisat
smelt entero modifisert frisetting langtidsvirkende hurtigvirkende middels parenterale parenteral peroral
oral oralt po iv im sc rektalt kombinasjoner kombinasjon komb generisk generika kur
"""
_UNITS = """
mg g kg mikrog mikrogram mcg ug μg µg milligram gram ml l dl mmol mol ie iu ei e enh enheter prosent timer
time t døgn
"""
_DOSES = """
x ganger gang daglig dgl dag dagen dager ukentlig uke uken uker mnd måned måneden pr per hver hvert
annenhver annen morgen morgenen morgenmåltid frokost lunsj middag kveld kvelden kveldstid natt natten
formiddag ettermiddag vesp vespere mane nocte sengetid leggetid ved behov vb fast faste etter før mat måltid
måltider til mot for i om på en ett et to tre fire fem halv halve halvannen hel hele maks max inntil opptil
opp ned ca evt eventuelt dosering dose doser dosert stk pk pakke pakning esker eske boks søvn smerter smerte
angst kvalme migrene allergi depresjon astma siden startet startdose start fra oppstart økt redusert trappes
nedtrapping opptrapping eller bruker brukt bruk tar tatt tas står gis fikk får hun ny nytt nye rp rec nå lenge år
null sjelden ofte iblant daglige virkestoff substans resept reseptfri reseptfritt naturmiddel
"""
_ENDED = "seponert sluttet slutter slutt tidligere ikke"
_FIRMS = """
krka sandoz teva orion actavis accord aurobindo mylan viatris orifarm bluefish hexal ratiopharm stada
medical valley amneal glenmark zentiva pfizer lundbeck abcur evolan ebb pensa jubilant alternova copyfarm
paranova farmagon weifa nycomed takeda naf norfri grindeks medartuum macure sanoswiss cross vitabalans
navamedic brillpharma sun ranbaxy arrow nm alpharma xiromed lupin torrent aristo newbury apotek farmasiet
vitusapotek apofri novartis gsk glaxosmithkline bayer sanofi merck msd roche lilly janssen astrazeneca
boehringer abbvie abbott nordisk ucb servier meda mundipharma indivior camurus essential pharma
martindale fresenius kabi baxter braun hospira villerton unimedic ethypharm g2d desma strides hameln kalceks
avansor fair polfarmex gedeon richter recordati otsuka angelini almirall organon bausch ferring besins
exeltis gentian karo perrigo haleon mcneil nutricia 2care4 care pharmaceuticals pharmaceutical healthcare
health ab as aps gmbh ltd norge norway nordic
"""
# Everyday words one letter away from a name of the table; found by matching the 120,000 commonest Norwegian words.
_EVERYDAY = """
ability alumina attention bruden brukene bruken brusen center centra cetera clarity concert concerto desibel dioksin
disiplin discipline fluid flukten fragile johannesburg koden kodene konsert lyrikk lyrics malin margin marin marine
marint martin matrisen medicines moderat program refleks relax sikres sikret singular spirits sykeste syklon særegent
"""
_ASIDES = frozenset(clean(_FORMS + _UNITS + _DOSES + _FIRMS).split())
_NEVER_MEANT = frozenset(clean(_EVERYDAY).split())
_DOSING = frozenset(clean(_FORMS + _UNITS + _DOSES + _ENDED).split())

# After a brand these say that something is added to it: Cozaar Comp is not Cozaar.
MORE_IN_IT = frozenset({"comp", "komp", "plus", "hct", "hctz", "kombi", "combi"})


def is_aside(word: str) -> bool:
    """Whether a cleaned word is a number, or one that stands beside names in a list of medicines."""
    return word in _ASIDES or word[0].isdigit() or len(word) == 1


def is_dosing(word: str) -> bool:
    """The same without firms: what may follow a comma and still belong to the medicine before it."""
    return word in _DOSING or word[0].isdigit() or len(word) == 1


def is_everyday(word: str) -> bool:
    """Whether a cleaned word is itself, and not a misspelt name."""
    return word in _NEVER_MEANT
