"""Words that mean nearly the same or belong together, one group per line."""

_GROUPS = """
begin start commence initiate launch found establish
end finish conclude terminate stop cease close
big large huge great vast enormous major
small little tiny minor slight
buy purchase acquire obtain
sell trade export market
rule govern reign control administer
ruler king monarch emperor sovereign
leader president chief head premier
war conflict battle fighting combat hostilities
fight struggle resist oppose
kill murder assassinate execute slay
win victory defeat conquer triumph
attack invade raid assault
invasion conquest occupation annexation
peace truce ceasefire armistice
agreement treaty accord pact deal
independence freedom liberty autonomy sovereignty
free liberate emancipate
slave slavery enslaved bondage
rebel revolt uprising insurrection rebellion insurgent
revolution coup overthrow oust topple
vote election poll ballot referendum
elect choose select appoint
law legislation statute act
constitution charter
court judge tribunal justice
crime offence felony
prison jail detention imprisonment
police officer guard
army military troops soldiers forces
sea ocean maritime marine coastal
ship boat vessel fleet
river stream waterway
mountain hill peak summit highland
island isle archipelago atoll
lake reservoir lagoon
forest wood jungle rainforest
desert arid dry
weather climate temperature
rain rainfall precipitation
storm hurricane cyclone typhoon
earthquake seismic tremor quake
volcano volcanic eruption lava
flood flooding inundation
drought famine hunger starvation
farm agriculture crop cultivation agricultural
food nutrition meal
water drinking
mine mining mineral ore
gold silver precious
oil petroleum crude
gas energy fuel power electricity
money currency cash finance
price cost expense fee
rich wealthy prosperous affluent
poor poverty impoverished
debt loan owe credit
tax taxation duty tariff
job work employment occupation labor labour
worker employee laborer
company firm business enterprise corporation
factory industry manufacturing plant
people population inhabitants residents citizens
person individual human
man male men
woman female women
child children kid youth
parent mother father
family relatives household
old ancient elderly aged
young youthful new
birth born
death die dead died deceased
disease illness sickness epidemic
doctor physician medical medicine
hospital clinic
health wellbeing
school education college university
teacher instructor tutor professor
student pupil learner
learn study
teach instruct educate
language tongue speech
word term vocabulary
write author wrote written
book novel publication
religion faith belief
church christian catholic
muslim islam islamic mosque
jewish judaism
buddhist buddhism
god deity divine
city town urban capital
village rural countryside
country nation state
border frontier boundary neighbor neighbour
area region territory zone
colony colonial settlement colonize
settler colonist immigrant migrant
refugee asylum displaced
emigrate migrate move leave
travel journey trip voyage
explorer discover expedition
discover find found
arrive come reach
leave depart withdraw
return back
build construct erect
destroy demolish ruin damage
house home dwelling housing
road highway street
railway train rail
airport plane flight aircraft
bridge canal tunnel
car vehicle automobile
help aid assist support assistance
join enter accede
member membership
unite unify merge union unification
divide split separate partition
break rupture dissolve collapse
grow increase rise expand growth
fall decline decrease drop reduce
fast quick rapid swift
slow gradual
strong powerful
weak fragile
danger risk threat hazard
safe secure security
protect defend guard shield
name call title
famous known renowned
important significant key main
different distinct various
same equal identical similar
first initial original earliest
last final latest
year annual yearly
month monthly
day daily
century hundred
century era period age
show display reveal
hide conceal secret
give grant donate provide
take seize capture
keep retain hold
send dispatch
get receive gain
ask request demand
answer reply respond response
say tell speak state
think believe consider
know understand
want desire wish
like enjoy love prefer
hate dislike
happy glad pleased
sad unhappy
angry anger furious
afraid fear scared frightened
beautiful pretty lovely
bad poor terrible awful
good excellent fine
easy simple
difficult hard tough
cheap inexpensive
expensive costly
hot warm heat
cold cool freezing ice
sport game match
music song sing
film movie cinema
picture image photo photograph
dog cat pet animal
bird fowl
fish fishing fishery
tourist tourism visitor
holiday vacation
drink beverage
wine beer alcohol
sugar sweet cane
coffee tea cocoa
corrupt corruption bribery
scandal controversy
protest demonstration unrest riot
violence violent bloodshed
genocide massacre atrocity
communist communism socialist marxist
dictator dictatorship authoritarian regime
democracy democratic
parliament assembly legislature congress
minister cabinet government
resign quit step
ban prohibit forbid outlaw
allow permit let
nuclear atomic radiation
weapon arms bomb
space rocket satellite
afghanistan afghan
albania albanian
america american usa
argentina argentine argentinian
australia australian
austria austrian
belgium belgian
brazil brazilian
britain british briton england english
bulgaria bulgarian
canada canadian
chile chilean
china chinese
colombia colombian
croatia croatian croat
cuba cuban
czechia czech
denmark danish dane
egypt egyptian
estonia estonian
ethiopia ethiopian
europe european
finland finnish finn
france french
germany german
greece greek
holland dutch netherlands
hungary hungarian
iceland icelandic icelander
india indian
indonesia indonesian
iran iranian persian
iraq iraqi
ireland irish
israel israeli
italy italian
jamaica jamaican
japan japanese
kenya kenyan
korea korean
latvia latvian
lithuania lithuanian
malaysia malaysian malay
mexico mexican
morocco moroccan
nigeria nigerian
norway norwegian
pakistan pakistani
peru peruvian
philippines philippine filipino
poland polish pole
portugal portuguese
romania romanian
russia russian
scotland scottish scot
serbia serbian serb
slovakia slovak
slovenia slovenian slovene
spain spanish spaniard
sweden swedish swede
switzerland swiss
syria syrian
taiwan taiwanese
thailand thai
tunisia tunisian
turkey turkish turk
ukraine ukrainian
venezuela venezuelan
vietnam vietnamese
wales welsh
africa african
asia asian
"""

GROUPS: list[list[str]] = [line.split() for line in _GROUPS.strip().splitlines()]
