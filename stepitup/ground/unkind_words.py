"""Words of the list that no receipt may carry: the eight words stand alone before somebody at their worst hour.

A list made for passwords holds words of weapons, of ways to die, of death, of endings, of shame and of scorn. Chance
would put them on the screen without meaning anything by it, and the reader could not know that. At most 263 words can
be left out: with 7 513 the eight words still carry 103 bits.
"""

from typing import Final

_WORDS: Final = """
    afterlife agonize agonizing agony alone ambush anguished arson ashamed ashes badness blade blame blaming blast
    bleach bleak broken buckshot calamity carnage cartridge casket casualty catacomb chokehold choking coma contempt
    coroner crazed crazily craziness crazy cried cruelly cruelness cruelty crying culprit curse cut dagger danger
    darkness decay deceased decompose defeat defective degraded degrading demeaning demise departed depraved depravity
    depress deranged desolate despair despise destitute destruct detonate detonator disaster disgrace disloyal dismay
    disown distress divorcee dreaded dreadful drown dynamite endanger ended ending endless entomb eternal eternity evil
    exhaust exhume expire expiring explode extinct failing feeble finale finalist finalize finally fool freefall
    frighten frightful gallows gangrene gloomily gloomy gone gore gory graves graveyard grief grievance grieving
    grievous grope gutless handgun hate hatred haunt headless headstone helpless hemlock humiliate hurt ibuprofen idiocy
    imbecile immorally impale impotence impotency impotent isolated isolating isolation jackknife jugular jump landmine
    last maggot maimed mangle monoxide morbidity morbidly morphine mortality mortally mortician mortuary mourner
    mournful mutilated mutilator never numbing numbly numbness nutcase obituary oblivion outcast outshoot overkill
    overshoot overshot panic payback perish plunging pointless poison prozac pummel punisher quit reburial relapse
    relapsing remorse repugnant repulsive reshoot revenge ritalin rope roping rotten rotting ruined sadden sadly sadness
    scalded scalding scalping scared scary scorn scoundrel sedate sedation sedative shame shrapnel shrouded silenced
    sinister sinner skeleton slain slashed slashing slit smother snitch strangle stricken strung sufferer suffering
    suffocate surrender throat tightrope tragedy traitor trapped trash uncaring undead undesired undying unfixable
    unhappily unhappy unlivable unlovable unloved unneeded unsaved unwanted unwelcome unworthy uselessly valium vengeful
    violate violation violator void widow wimp worst wound wrist wrongdoer wrongful zombie
"""

UNKIND: Final = frozenset(_WORDS.split())
