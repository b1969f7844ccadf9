"""Rules for plans, scheduled steps, work that goes on, and what is still outstanding.

Data only; see `model` for what the fields mean.
"""

from __future__ import annotations

from tracker.extract.rules.model import NAMES, Rule

PLANS = (
    Rule(
        "and-plans",
        "it says what somebody plans",
        0.6,
        r"\b(?:and|but) <adv>(?:plans?|intends?|expects?|proposes?|hopes?) to <adv>(?!be\b)<act>",
        "plan plans intend intends expect expects propose proposes hope hopes + and but",
        "commitment",
        "The office has finished the wall and intends to open the gate in August.",
        "The office has finished the wall and the gate.",
        needs_act=True,
        weight_otherwise=0.4,
        starts="and but",
    ),
    Rule(
        "labelled-thing",
        "a label says what is to be delivered",
        0.6,
        r"^(?:deliverables?|due[- ]?outs?|action items?|next steps?|follow[- ]ups?) ?: (?:an?|the) "
        r"(?!(?:\w+ ){0,3}(?:was|were|is|are)\b)[a-z]",
        "deliverable deliverables due out outs due-out due-outs action next follow-up follow-ups "
        "up ups + :",
        "step",
        "Deliverable: a letter of intent for the June summit.",
        "Deliverable: the letter was sent.",
        is_opening=True,
    ),
    Rule(
        "with-to",
        "somebody has a share in a step",
        0.65,
        r"^with <doer_any> to <adv><act>",
        "with",
        "action",
        "With the Embassy to pay for the tickets.",
        "With the Embassy we agree.",
        needs_act=True,
        weight_otherwise=0.3,
        is_opening=True,
    ),
    Rule(
        "agreeable-to",
        "a readiness is reported",
        0.65,
        r"<doer> (?:<be>) <adv>(?:agreeable|amenable|open|willing) to (?:<acting>|have <any>)",
        "agreeable amenable open willing",
        "commitment",
        "The minister was agreeable to holding the next session in Zenda.",
        "The minister was open.",
    ),
    Rule(
        "takes-action",
        "somebody took a task upon itself",
        0.75,
        r"<doer> <adv><have>(?:took|takes|take|taken|will take) (?:on |away |up )?(?:an? |the |"
        r"this |that |\w+ )?"
        r"(?:action|task|lead|request under advisement|initiative|responsibility for (?!that|"
        r"this|it\b))|"
        r"<doer> <adv><have>(?:took|take|taken) on (?:the |an? )?[a-z]+ing\b|"
        r"<doer> <adv><have>(?:took|take|taken) it (?:up)?on (?:itself|himself|herself|themselves) "
        r"to <act>",
        "took takes take taken",
        "commitment",
        "The ministry took the action to draft a reply.",
        "The ministry took a break.",
    ),
    Rule(
        "plans-to",
        "a plan or a readiness is reported",
        0.7,
        r"<doer> <adv><have>(?:<be> )?<adv>(?:plans?|planned|planning|intends?|intended|intending|"
        r"prepared|ready|"
        r"willing|proposes|proposing|scheduled|set|slated|due|moving|preparing|prepares|"
        r"undertakes|agrees|promises|pledges|commits|offers) <adv>"
        r"(?:to <adv><act>|on <acting>|an?\b|the\b|for\b|[a-z]+ing\b|assistance)",
        "plan plans planned planning intend intends intended intending prepared ready willing "
        "proposes proposing scheduled set slated due moving preparing prepares undertakes "
        "agrees promises pledges commits offers",
        "commitment",
        "The delegation plans a presentation on this topic.",
        "The plans were lost.",
    ),
    Rule(
        "plans-noun",
        "a plan, promise or readiness is mentioned",
        0.4,
        r"\b(?:plans?|intention|intent|commitment|promise|pledge|offer|readiness|willingness|"
        r"agreement|determination|decision|resolve) (?:to|for) ",
        "plan plans intention intent commitment promise pledge offer readiness willingness "
        "agreement determination decision resolve",
        "commitment",
        "They renewed the offer to provide training.",
        "They lost the offer.",
        is_anchored=True,
    ),
    Rule(
        "will-be-done",
        "something is planned or expected to be done",
        0.6,
        r"\b(?:will|shall|would|(?:is|are|was|were) <adv>(?:to|scheduled to|expected to|"
        r"due to|slated to|"
        r"planned to|set to|likely to)) <adv>be <adv>(?P<done>[a-z-]{2,20}(?:ed|en|de|pt|ld|ne|"
        r"nt|ht|un|et|ut))\b",
        "be",
        "joint_commitment",
        "The program will be refined with input from each side.",
        "It will be hot.",
        needs_act=True,
        weight_otherwise=0.4,
        starts="will shall would is are was were",
    ),
    Rule(
        "will-happen",
        "a meeting or step is scheduled",
        0.6,
        r"\b(?:will|shall|would|should(?= take)|ha(?:s|ve) been (?:set|scheduled|fixed|arranged|"
        r"planned) for|(?:is|are|was|were) <adv>(?:to|scheduled to|"
        r"expected to|due to|"
        r"slated to|"
        r"planned to|set to|scheduled for|planned for|slated for|set for)) ?<adv>(?:take place|"
        r"meet|convene|"
        r"visit|travel|host|arrive|resume|reconvene|"
        r"explore|discuss|address|review|cover|examine|attend|the|a|an|early|late|mid|"
        r"january|february|march|april|may|june|july|august|september|october|november|december)\b",
        "will shall would should scheduled expected due slated planned set fixed arranged",
        "joint_commitment",
        "The first conference is scheduled to take place on May 3.",
        "The meeting took place.",
        starts="will shall would should is are was were has have",
    ),
    Rule(
        "ongoing",
        "work that goes on",
        0.5,
        r"<doer> <adv>(?:is|are|continues? to be) <adv>(?:working|pursuing|exploring|developing|"
        r"finalizing|"
        r"negotiating|drafting|preparing|cooperating|building|partnering|implementing|"
        r"organizing|arranging|completing|conducting|establishing|drawing up|looking into|moving|"
        r"reviewing|studying|considering|examining|installing|upgrading|in the (?:\w+ "
        r"){0,3}(?:process|phases?))",
        "working pursuing exploring developing finalizing negotiating drafting preparing "
        "cooperating building partnering implementing organizing arranging completing "
        "conducting establishing drawing looking moving reviewing studying considering "
        "examining installing upgrading process phase phases",
        "ongoing",
        "The ministry is working to upgrade its laboratories.",
        "The ministry is large.",
    ),
    Rule(
        "continues-to",
        "work that goes on",
        0.5,
        r"<doer> <adv>continues? to <adv><act>",
        "continue continues",
        "ongoing",
        "The Mission continues to seek openings for trade.",
        "The rain continues.",
        needs_act=True,
    ),
    Rule(
        "owes",
        "something promised is outstanding",
        0.65,
        r"<doer> <adv>(?:owes?|owed) (?:<any>|an? |the (?!idea|name)|us )",
        "owe owes owed",
        "commitment",
        "The ministry still owes us a signed certificate.",
        "The ministry owes its name to a king.",
    ),
    Rule(
        "remains-open",
        "something is left to be done",
        0.45,
        r"\b(?:has|have|had) (?:not )?yet (?:been |to )(?:be )?[a-z]+|\bremains? (?:to be|"
        r"outstanding|open|"
        r"unresolved|pending)|\bstill (?:needs?|awaits?|has to|have to)|\bawait(?:s|ing)? ",
        "yet remain remains still await awaits awaiting",
        "action",
        "The venue has not yet been determined.",
        "It remains a problem.",
        starts="has have had remain still await",
    ),
    Rule(
        "has-time-to",
        "somebody has a stated time for it",
        0.65,
        r"<doer>(?:, [^,]{2,40},)? <adv>(?:has|have|was given|were given) (?:until [^.;:,]{3,30}?|"
        r"\w{1,12} (?:days?|weeks?|months?)) to <act>",
        "until day days week weeks month months + has have given",
        "action",
        "The ministry has three weeks to submit its comments.",
        "The ministry has three floors.",
        asides=",",
    ),
    Rule(
        "replies-should",
        "it says how those who were asked are to answer",
        0.65,
        r"^(?:(?:all|any|these|your|such) )?(?:post )?(?:responses?|replies|reports?|reporting|"
        r"inputs?|nominations?|comments|questions|(?:country |theater )?clearance requests?|"
        r"requests for (?:country |theater )?clearance) (?:should|must|are to|is to|needs? to) ",
        "response responses replies report reports reporting input inputs nomination nominations "
        "comments questions clearance",
        "action",
        "Replies should be slugged for the Bureau of Oceans.",
        "Replies came late.",
        is_opening=True,
    ),
    Rule(
        "meets-next",
        "it says when they meet next",
        0.6,
        r"\b(?:meets? (?:next|again)|(?:re)?convenes? (?:next|again)|holds? (?:its|their|the|an?) "
        r"(?:first|next|second|third|inaugural|follow-up) (?:meeting|session|sitting|round))"
        r"(?: at \S+)? (?=(?:in|on|at|by|next|during|the)\b)",
        "meet meets convene convenes reconvene reconvenes hold holds + next again first second "
        "third inaugural follow-up",
        "joint_commitment",
        "The working group meets next in May.",
        "The working group meets every year.",
        starts="meet convene reconvene hold",
    ),
    Rule(
        "for-post",
        "a line to one of the posts that the cable goes to",
        0.65,
        r"^(?:\(?\w{1,3}\) ?)?(?:action )?for (?:embassy |post |consulate )?(?P<asked>"
        + NAMES["ours_any"]
        + r"): ",
        "for + :",
        "action",
        "For Embassy Strelsau: the note should reach them by June.",
        "For the sake of peace: a treaty.",
        asked_is_doer=True,
        is_opening=True,
    ),
    Rule(
        "gave-word",
        "somebody gave their word",
        0.75,
        r"\b(?:gave|given|gives) (?:us |<any> )?"
        r"(?:his |her |its |their |an? |firm |every |personal )*"
        r"(?:word|assurances?|undertakings?|guarantees?|pledges?) (?:that|to|of|on) ",
        "gave given gives + word assurance assurances undertaking undertakings guarantee "
        "guarantees pledge pledges",
        "commitment",
        "The minister gave his word that the invoices will be paid.",
        "The minister gave the word to the speaker.",
        is_anchored=True,
    ),
    Rule(
        "rests-with",
        "it says with whom a task rests",
        0.7,
        r"\b(?:responsibility|task|burden|onus|lead|drafting|job) (?:for|of|in|on) [^.;:]{3,80}? "
        r"(?:rests?|lies?|falls?|fell|remains?|will rest|will lie|will remain) (?:with|to|on|upon) "
        r"<doer_obl>",
        "responsibility task burden onus lead drafting job + rest rests lie lies fall falls fell "
        "remain remains",
        "action",
        "Responsibility for drafting the terms rests with the ministry.",
        "Responsibility for the war is hard to assign.",
        is_anchored=True,
    ),
    Rule(
        "are-reminded",
        "those addressed are reminded of what is due",
        0.7,
        r"(?:<doer_ours>|\bposts?|\baddressees) (?:is|are) <adv>reminded (?:that|to|of) ",
        "reminded",
        "action",
        "Posts are reminded that Part II is due on September 30.",
        "The minister was reminded of his youth.",
    ),
    Rule(
        "left-with",
        "somebody was left with a task",
        0.65,
        r"\bleft <any> with (?:an? |the |two |three |several |some )?(?:\w+ )?(?:homework|tasks?|"
        r"assignments?|requests?|a list|to-do)\b",
        "left",
        "action",
        "The chairman left us with a homework assignment.",
        "The visit left them with an impression.",
        is_anchored=True,
    ),
    Rule(
        "is-to-have",
        "it says what is to have been done by then",
        0.65,
        r"<doer> <is> <adv>to have <adv>[a-z]{2,20}(?:ed|en|de|pt|ld|ne|nt|ht|un|et|ut)\b",
        "is are was were + have",
        "action",
        "Both ministries are to have checked the map by May.",
        "The ministry is to have a garden.",
    ),
)
