"""Closed classes of words: heads of actor phrases, their modifiers, verbs of acts and of speech.

Word lists only; the grammar that uses them is elsewhere.
"""

from __future__ import annotations

DETERMINERS = frozenset(
    ["the", "a", "an", "this", "that", "these", "our", "their", "his", "her", "its", "your", "all", "each", "either", "some", "several", "many", "most", "any", "other", "another", "various", "relevant", "appropriate", "respective", "key", "certain", "both", "two", "three"]
)

# Nouns that make a phrase an actor: "the Azerbaijani delegation", "law enforcement officers".
HEADS = frozenset(
    ["government", "governments", "side", "sides", "delegation", "delegations", "team", "teams", "official", "officials", "representative", "representatives", "rep", "reps", "authority", "authorities", "ministry", "ministries", "embassy", "embassies", "agency", "agencies", "expert", "experts", "party", "parties", "participant", "participants", "minister", "ministers", "leader", "leaders", "leadership", "counterpart", "counterparts", "interlocutor", "interlocutors", "contact", "contacts", "group", "groups", "committee", "committees", "commission", "council", "secretariat", "department", "departments", "bureau", "office", "offices", "service", "services", "navy", "army", "military", "police", "customs", "guard", "guards", "bank", "institute", "company", "companies", "elements", "staff", "officer", "officers", "adviser", "advisor", "advisers", "advisors", "attache", "attaché", "coordinator", "coordinators", "chair", "chairs", "co-chair", "co-chairs", "chairman", "chairmen", "notetaker", "note-taker", "scientists", "administration", "parliament", "congress", "cabinet", "presidency", "host", "hosts", "capitals", "mission", "missions", "post", "posts", "force", "forces", "ministers", "industry", "consulate", "secretary", "president", "ambassador", "ambassadors", "charge", "chargé", "deputy", "chief", "director", "directorate", "board", "court", "assembly", "legislature", "firm", "firms", "donors", "society", "sector", "countries", "country", "nations", "states", "state", "partners", "member", "members", "people", "lawyers", "prosecutors", "prosecutor", "inspectors", "judges", "engineers", "consortium", "foundation", "association", "university", "center", "centre", "authority", "corporation", "commander", "commanders", "command", "general", "generals", "colonel", "envoy", "envoys", "spokesman", "spokesperson", "negotiators", "negotiator", "lead", "leads", "focal", "panel", "subcommittee", "taskforce", "regulator", "regulators", "diplomat", "diplomats", "principals", "working-level", "senators", "parliamentarians", "actors", "stakeholders", "troops", "fund", "corps", "staffers", "desk", "liaison", "mediator", "facilitator", "moderator", "drafters", "signatories", "trainers", "specialists", "analysts", "technicians", "consultants", "counselor", "counsellor", "governor", "governors", "mayor", "monarch", "king", "prime"]
)

# Lower-case words that may stand inside an actor phrase.
MODIFIERS = frozenset(
    ["foreign", "senior", "deputy", "chief", "vice", "prime", "security", "law", "enforcement", "border", "legal", "resident", "technical", "working", "level", "interagency", "inter-agency", "military", "defense", "defence", "private", "civil", "maritime", "customs", "steering", "expert", "joint", "national", "state", "federal", "local", "central", "military-to-military", "political", "economic", "commercial", "agricultural", "trade", "financial", "finance", "interior", "justice", "health", "education", "energy", "environment", "environmental", "nuclear", "regulatory", "export", "control", "intelligence", "counterterrorism", "counternarcotics", "consular", "visiting", "american", "host", "host-government", "high-level", "high", "level", "senior-level", "working-level", "mid-level", "respective", "relevant", "appropriate", "responsible", "competent", "lead", "new", "newly", "current", "former", "acting", "outgoing", "incoming", "permanent", "special", "assistant", "under", "executive", "general", "public", "international", "donor", "bilateral", "policy", "program", "project", "press", "media", "business", "labor", "transport", "transportation", "aviation", "civilian", "naval", "air", "coast", "presidential", "parliamentary", "ministerial", "royal", "opposition", "ruling", "industry", "oil", "gas", "telecommunications", "task", "contact", "coordination", "follow-up", "liaison", "own", "other", "key", "good", "same", "first", "second", "main", "scientific", "humanitarian", "medical", "cultural", "statistical", "monetary", "fiscal", "tax", "postal", "police", "two"]
)

# Heads after which "of/for/at …" belongs to the phrase: "Ministry of Emergency Situations".
OPEN_HEADS = frozenset(
    ["government", "ministry", "minister", "department", "embassy", "office", "secretary", "president", "bank", "republic", "committee", "commission", "head", "director", "chairman", "chair", "bureau", "directorate", "authority", "ambassador", "institute", "council", "delegation", "service", "deputy", "chief", "spokesman", "secretariat", "university", "center", "centre", "court", "chamber", "parliament", "board", "representative", "representatives", "ministers", "governor", "association", "foundation", "agency", "commander", "attache", "members", "member", "officials", "official", "director-general", "undersecretary"]
)
PLACED_HEADS = frozenset(
    ["elements", "agencies", "officers", "officer", "staff", "officials", "agency", "representatives", "attache", "team"]
)

BOTH_HEADS = frozenset(
    ["sides", "parties", "delegations", "governments", "countries", "participants", "co-chairs", "principals", "nations", "chairs"]
)

# Heads that belong to neither side's government.
OUTSIDE_HEADS = frozenset(
    ["company", "companies", "industry", "firm", "firms", "donors", "society", "sector", "university", "consortium", "foundation", "association", "opposition"]
)

PREPOSITIONS = frozenset(
    ["with", "of", "in", "to", "for", "from", "by", "on", "between", "at", "against", "about", "under", "among", "toward", "towards", "into", "regarding", "concerning", "through", "via", "within", "across", "over", "without", "behind", "before", "after"]
)

TALK = frozenset(
    ["acknowledge", "advance", "advocate", "appeal", "appreciate", "argue", "ask", "assure", "broach", "build", "capitalize", "caution", "clarify", "commend", "confirm", "congratulate", "consult", "convey", "convince", "counsel", "counter", "deepen", "demand", "discourage", "discuss", "draw", "elicit", "emphasize", "emphasise", "encourage", "engage", "enlist", "ensure", "examine", "expand", "explain", "explore", "express", "focus", "foster", "gain", "gauge", "get", "hear", "highlight", "impress", "inquire", "insist", "invite", "lay", "leverage", "listen", "lobby", "maintain", "make", "note", "nudge", "obtain", "offer", "open", "persuade", "pitch", "point", "praise", "preempt", "press", "probe", "promote", "propose", "push", "query", "question", "raise", "reaffirm", "reassure", "recall", "recommend", "reinforce", "reiterate", "remind", "repeat", "request", "respond", "restate", "review", "secure", "see", "seek", "send", "sensitize", "set", "share", "shape", "signal", "solicit", "sound", "steer", "stress", "strengthen", "suggest", "support", "test", "thank", "touch", "trumpet", "underline", "underscore", "understand", "urge", "use", "voice", "warn", "welcome", "win", "work", "identify", "enhance", "enquire", "flag", "credit", "applaud", "affirm", "preview", "assess", "learn", "cement", "broaden", "intensify", "improve", "increase", "bolster", "tackle", "address", "demonstrate", "showcase", "achieve", "reduce", "help", "overcome", "move", "embrace", "explore", "liberalize", "cultivate", "dispel", "allay"]
)

DELIVER = frozenset(
    ["accede", "accelerate", "accept", "accomplish", "add", "adopt", "advise", "agree", "allocate", "allow", "amend", "analyze", "announce", "answer", "appoint", "apply", "approve", "arrange", "assemble", "assess", "assign", "assist", "attend", "audit", "authorize", "award", "begin", "brief", "bring", "broaden", "build", "call", "cancel", "carry", "cease", "certify", "chair", "change", "check", "circulate", "clear", "close", "collect", "come", "commence", "commit", "communicate", "compile", "complete", "comply", "compose", "conclude", "conduct", "consider", "consolidate", "construct", "continue", "contribute", "convene", "cooperate", "coordinate", "correct", "create", "deal", "decide", "define", "deliver", "demarche", "deploy", "deposit", "describe", "designate", "detail", "detain", "determine", "develop", "devise", "devote", "discuss", "dispatch", "disseminate", "distribute", "donate", "draft", "draw", "drop", "edit", "elaborate", "eliminate", "enact", "end", "endorse", "enforce", "engage", "ensure", "enter", "establish", "evaluate", "examine", "exchange", "execute", "expand", "expedite", "explore", "extend", "extradite", "facilitate", "fill", "finalize", "finalise", "find", "finish", "follow", "forge", "form", "formalize", "formulate", "forward", "fulfill", "fund", "furnish", "gather", "give", "grant", "handle", "harmonize", "hire", "hold", "host", "identify", "implement", "improve", "include", "incorporate", "increase", "inform", "initial", "initiate", "inspect", "install", "institute", "instruct", "integrate", "introduce", "investigate", "invite", "issue", "join", "keep", "launch", "lead", "lift", "list", "look", "maintain", "make", "map", "meet", "modify", "monitor", "move", "name", "negotiate", "nominate", "notify", "obtain", "offer", "open", "organize", "organise", "outline", "participate", "pass", "pay", "perform", "permit", "pilot", "plan", "present", "prepare", "procure", "produce", "prosecute", "protect", "provide", "publish", "purchase", "pursue", "put", "raise", "ratify", "reach", "reconsider", "reconvene", "record", "redraft", "reduce", "refer", "refine", "register", "reinforce", "release", "relocate", "remain", "remove", "renew", "reopen", "repair", "repatriate", "replace", "reply", "report", "request", "research", "resolve", "respond", "restore", "resubmit", "resume", "return", "revert", "review", "revise", "rewrite", "roll", "schedule", "screen", "seek", "select", "send", "serve", "set", "settle", "share", "shorten", "sign", "simplify", "solve", "speak", "specify", "sponsor", "staff", "start", "stop", "streamline", "strengthen", "study", "submit", "supply", "support", "survey", "suspend", "table", "take", "task", "terminate", "test", "tighten", "track", "train", "transfer", "translate", "transmit", "transport", "travel", "turn", "undertake", "update", "upgrade", "use", "verify", "visit", "vote", "waive", "withdraw", "work", "write", "act", "adapt", "address", "advance", "align", "reaffirm", "recommend", "propose", "cover", "cut", "cooperate"]
)

ACTS = TALK | DELIVER

SPEECH_PAST = (
    "said|told|noted|stated|indicated|explained|added|confirmed|announced|replied|responded|"
    "remarked|informed|reported|assured|declared|stressed|emphasized|emphasised|reiterated|"
    "affirmed|reaffirmed|mentioned|claimed|suggested|hinted|signaled|signalled|vowed|"
    "underlined|underscored|commented|observed|predicted|advised|insisted|maintained"
)

NEGATIONS = frozenset({"not", "no", "never", "neither", "nor", "without", "cannot", "declined"})
