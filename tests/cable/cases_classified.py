"""Ways in which a header says who classified it, with the name, title and reasons that it means."""

# ruff: noqa: E501 - each case stands on the lines that it has in a cable.

# text after the fields above it: (text, name, reasons)
CLASSIFIED = [
    (
        "Classified By: Ambassador Ilse B. Tarn for reasons 1.4 (b, d)",
        "Ilse B. Tarn",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Ambassador Ilse B. Tarn, reasons 1.4 (b) and (d).",
        "Ilse B. Tarn",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "CLASSIFIED BY: AMBASSADOR ILSE B. TARN. REASON: 1.4 (B), (D)",
        "ILSE B. TARN",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "CLASSIFIED BY: Ilse B. Tarn, Ambassador, EXEC, STATE. \nREASON: 1.4 (b), (d)",
        "Ilse B. Tarn",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "CLASSIFIED BY: Rolf Okker, DCM, Executive Office, Norvale.\nREASON: 1.4 (a), (b), (d)",
        "Rolf Okker",
        ["1.4(a)", "1.4(b)", "1.4(d)"],
    ),
    (
        "Classified by Ambassador Rolf Okker, reasons 1.4 (b) and (d).",
        "Rolf Okker",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: DCM Rolf Okker for Reasons 1.4(b) and (d)",
        "Rolf Okker",
        ["1.4(b)", "1.4(d)"],
    ),
    ("Classified By: CDA ROLF OKKER. REASONS: 1.4(B) AND (D).", "ROLF OKKER", ["1.4(b)", "1.4(d)"]),
    (
        "Classified By: Charge d'Affaires Rolf Okker, for reasons 1.4 (b/d)",
        "Rolf Okker",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Charge d'Affaires, a.i., Rolf Okker, for reasons 1.4 (b/d)",
        "Rolf Okker",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Charge d'Affaires a.i. Rolf T. Okker.  Reason: E.O. 12958 1.4 (b).",
        "Rolf T. Okker",
        ["1.4(b)"],
    ),
    (
        "Classified By: Charge D,Affaires Rolf Okker for reasons 1.4 b and d",
        "Rolf Okker",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Acting Deputy Chief of Mission Dana Quill for Reasons 1.4 (\n\nB) and (D)",
        "Dana Quill",
        ["1.4(b)", "1.4(d)"],
    ),
    ("Classified By: A/DCM Dana Quill per 1.4 (b) and (d)", "Dana Quill", ["1.4(b)", "1.4(d)"]),
    (
        "Classified By: Deputy Chief of Mission, Dana Quill, for reasons 1.4 (b)",
        "Dana Quill",
        ["1.4(b)"],
    ),
    (
        "Classified By: Dana Quill, Deputy Chief of Mission, Reasons 1.4 (b), (d)",
        "Dana Quill",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Dana Quill, Political Counselor; Reason 1.4 (b), (d)",
        "Dana Quill",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Political Counselor Dana P. Quill, reason 1.4 (d)",
        "Dana P. Quill",
        ["1.4(d)"],
    ),
    ("Classified By: POL/C Dana Quill; Reasons: 1.4 (b) & (d)", "Dana Quill", ["1.4(b)", "1.4(d)"]),
    (
        "Classified By: PolCouns Dana Quill for reason 1.4 (c) and (d)",
        "Dana Quill",
        ["1.4(c)", "1.4(d)"],
    ),
    (
        "Classified By: Pol/Econ Chief Mary O'Brand-Smith for reasons 1.4(b)(d)",
        "Mary O'Brand-Smith",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Minister Counselor for Economic Affairs Edwin Yarrow; reasons 1.4 (b), (d) and (e)",
        "Edwin Yarrow",
        ["1.4(b)", "1.4(d)", "1.4(e)"],
    ),
    (
        "Classified By: Economic Minister Counselor Edwin Yarrow, for reasons 1.4 (b, d, e).",
        "Edwin Yarrow",
        ["1.4(b)", "1.4(d)", "1.4(e)"],
    ),
    (
        "Classified By: Acting Economic Counselor Nils Popov, Reasons 1.4 (b) and (e)",
        "Nils Popov",
        ["1.4(b)", "1.4(e)"],
    ),
    (
        "Classified By: Consul General Nils R. Popov for Reasons 1.4 (b) & (d)",
        "Nils R. Popov",
        ["1.4(b)", "1.4(d)"],
    ),
    ("Classified By: CG Nils Popov, reasons 1.4 (b) and (d)", "Nils Popov", ["1.4(b)", "1.4(d)"]),
    (
        "CLASSIFIED BY CONSUL GENERAL NILS POPOV FOR REASONS 1.5 (B) AND (D).",
        "NILS POPOV",
        ["1.5(b)", "1.5(d)"],
    ),
    (
        "(U) Classified by Principal Officer Nils Popov, reasons 1.4 (b, d)",
        "Nils Popov",
        ["1.4(b)", "1.4(d)"],
    ),
    ("(C) CLASSIFIED BY: DCM NILS POPOV. REASON 1.5 (B,D)", "NILS POPOV", ["1.5(b)", "1.5(d)"]),
    (
        "Classified By: Assistant Secretary Rosa E. Gantry, VCI. Reasons 1.4 (b) and (d)",
        "Rosa E. Gantry",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Rosa E. Gantry, Assistant Secretary, Department of State, VCI; Reasons: 1.4 (b), (d)",
        "Rosa E. Gantry",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: EUR Acting Assistant Secretary Rosa Gantry for reasons 1.4 (b) and (d)",
        "Rosa Gantry",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: EUR/PDAS Rosa Gantry for reasons 1.4 (b) and (d)",
        "Rosa Gantry",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Under Secretary for Political Affairs W. Rosa Gantry; E.O. 12958 reasons 1.4 (b) and (d)",
        "W. Rosa Gantry",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Deputy Assistant Secretary for European Affairs Rosa Gantry for reasons 1.4 (b)",
        "Rosa Gantry",
        ["1.4(b)"],
    ),
    (
        "Classified By: Ambassador Frank J. Urbo, Jr. for reasons 1.4 (b) and (d)",
        "Frank J. Urbo, Jr",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Ambassador Frank van der Meeren for reasons 1.4 (b) and (d)",
        "Frank van der Meeren",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: AMBASSADOR FRANK URBO, REASONS 1.4(B), (D).",
        "FRANK URBO",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "CLASSIFIED BY: AMB. FRANK URBO FOR REASONS 1.4 (B) AND (D)",
        "FRANK URBO",
        ["1.4(b)", "1.4(d)"],
    ),
    ("Classified By: Ambassador Urbo for reasons 1.4 b,d", "Urbo", ["1.4(b)", "1.4(d)"]),
    (
        "Classified By: U.S. Permanent Representative Frank Urbo for reasons 1.4 (b) and (d)",
        "Frank Urbo",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: USNATO Deputy Permanent Representative Frank Urbo, reason 1.4 (b/d)",
        "Frank Urbo",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Legal Adviser Ann Teal, Embassy Norvale, Reason 1.4 (b)",
        "Ann Teal",
        ["1.4(b)"],
    ),
    (
        "Classified By: Ann Teal, Regional Security Officer, Reasons 1.4(c,g).",
        "Ann Teal",
        ["1.4(c)", "1.4(g)"],
    ),
    (
        "Classified By: Ambassador Ann Teal, Reason Section 1.4 (b) and (d)",
        "Ann Teal",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Ambassador Ann Teal.  Reasons:  1.4 (b and d)",
        "Ann Teal",
        ["1.4(b)", "1.4(d)"],
    ),
    ("Classified By: Ambassador Ann Teal under 1.4 (b) and (d)", "Ann Teal", ["1.4(b)", "1.4(d)"]),
    (
        "Classified By: Ambassador Ann Teal pursuant to E.O. 12958, reasons 1.4 (b) and (d)",
        "Ann Teal",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Ambassador Ann Teal, E.O. 12958, Reasons 1.4 (b), (d)",
        "Ann Teal",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "CLASSIFIED BY: AMBASSADOR ANN TEAL.  REASON:  1.5 (B) AND (D).",
        "ANN TEAL",
        ["1.5(b)", "1.5(d)"],
    ),
    ("Classified By: Ambassador Ann Teal\nReason: 1.4 (b) (d)", "Ann Teal", ["1.4(b)", "1.4(d)"]),
    (
        "Classified By: Ambassador Ann Teal (reasons 1.4 (b) and (d))",
        "Ann Teal",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Consul General in Rio de Janeiro Dana Quill; reasons 1.4 (b, d)",
        "Dana Quill",
        ["1.4(b)", "1.4(d)"],
    ),
    ("Classified By: Charge Dana Quill. Reason 1.4 (B) (D)", "Dana Quill", ["1.4(b)", "1.4(d)"]),
    (
        "Classified By: Acting DCM/Political Counselor Dana Quill. Reasons 1.4 (b/d)",
        "Dana Quill",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Dana Quill, CDA, US Embassy Norvale. Reason: 1.4 (b,d)",
        "Dana Quill",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Senior Adviser Dana Quill for reasons 1.4(a), (b) and (d)",
        "Dana Quill",
        ["1.4(a)", "1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Energy Attache Dr. Dana Quill for reasons 1.4 (b), (d)",
        "Dana Quill",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        'Classified By: William "Bill" Tarn, DCM, for reasons 1.4 (b)',
        'William "Bill" Tarn',
        ["1.4(b)"],
    ),
    ("Classified By: Ambassador J. D. Tarn for reasons 1.4 (b)", "J. D. Tarn", ["1.4(b)"]),
    ("Classified By: Ambassador J.D. Tarn for reasons 1.4 (b)", "J.D. Tarn", ["1.4(b)"]),
    ("Classified By: DCM A. Tarn; reasons 1.4(b,d)", "A. Tarn", ["1.4(b)", "1.4(d)"]),
    (
        "CLASSIFIED BY: PRINCIPAL OFFICER A. TARN, CONSULATE GENERAL SELIM, DEPARTMENT OF STATE\nREASON: 1.4 (b), (d)",
        "A. TARN",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "CLASSIFIED BY: Ana Tarn, Economic Chief, Embassy Norvale, State; REASON: 1.4(B)",
        "Ana Tarn",
        ["1.4(b)"],
    ),
    ("Classified By: Ambassador Ana Tarn for 1.4 (b) and (d)", "Ana Tarn", ["1.4(b)", "1.4(d)"]),
    ("Classified By: Amb Ana Tarn. 1.4 (b), (d)", "Ana Tarn", ["1.4(b)", "1.4(d)"]),
    (
        "Classified By: Director Ana Tarn, Office of Regional Affairs, for reasons 1.4 (b)",
        "Ana Tarn",
        ["1.4(b)"],
    ),
    (
        "Classified By: PRT Team Leader Ana Tarn for reasons 1.4 (b) and (d)",
        "Ana Tarn",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Political-Military Counselor Ana Tarn for reasons 1.4 (b) and (d)",
        "Ana Tarn",
        ["1.4(b)", "1.4(d)"],
    ),
    ("Classified By: Vice Consul Ana Tarn, for reason 1.4 (d)", "Ana Tarn", ["1.4(d)"]),
    ("Classified By: Ambassador-at-Large Ana Tarn for reasons 1.4 (b)", "Ana Tarn", ["1.4(b)"]),
    ("Classified By: Special Envoy Ana Tarn for reasons 1.4 (b)", "Ana Tarn", ["1.4(b)"]),
    ("Classified By: USAID Mission Director Ana Tarn, reason 1.4 (b)", "Ana Tarn", ["1.4(b)"]),
    (
        "Classified By: Charge Ana McTarn.  Reasons: 1.4 (b) and (d).",
        "Ana McTarn",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: ECON Counselor Ana Tarn for Reasons 1.4 (b), (d)",
        "Ana Tarn",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Ambassador Ana Tarn, reasons: 1.4 (B) and 1.4 (D)",
        "Ana Tarn",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Ambassador Ana Tarn, Reason: 1.4(b), 1.4 (d)",
        "Ana Tarn",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: DEPUTY CHIEF OF MISSION ANA TARN, FOR REASONS 1.4 (B/D)",
        "ANA TARN",
        ["1.4(b)", "1.4(d)"],
    ),
    ("Classified By: Poloff Ana Tarn. Reason: 1.4 (B).", "Ana Tarn", ["1.4(b)"]),
    (
        "CLASSIFIED BY AMBASSADOR ANA TARN, E.O. 12356, REASONS 1.5 (B) AND (D).",
        "ANA TARN",
        ["1.5(b)", "1.5(d)"],
    ),
    (
        "CLASSIFIED BY CHARGE D'AFFAIRES ANA TARN. REASON: 1.5(B,D).",
        "ANA TARN",
        ["1.5(b)", "1.5(d)"],
    ),
    (
        "Classified By: Counselor for Political Affairs Ana Tarn, 1.4 (b) and (d).",
        "Ana Tarn",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Ana Tarn, Counselor for Political and Economic Affairs, 1.4 (b) and (d).",
        "Ana Tarn",
        ["1.4(b)", "1.4(d)"],
    ),
    ("Classified By: Chief of Mission Ana Tarn: 1.4 (b), (d)", "Ana Tarn", ["1.4(b)", "1.4(d)"]),
    (
        "Classified By: Head of Delegation Ana Tarn - Reasons 1.4 (b), (d)",
        "Ana Tarn",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Ana Tarn - Ambassador - Reasons 1.4 (b), (d)",
        "Ana Tarn",
        ["1.4(b)", "1.4(d)"],
    ),
    ("Classified by: DCM Ana Tarn; Reason: 1.4 (B, D)", "Ana Tarn", ["1.4(b)", "1.4(d)"]),
    (
        "Classified By: Dennis Tarn, Acting Director, EAP/K, for reasons 1.4 (b) and (d)",
        "Dennis Tarn",
        ["1.4(b)", "1.4(d)"],
    ),
    (
        "Classified By: Political Officer Grant Tarn for Reasons 1.4 (b) and (d)",
        "Grant Tarn",
        ["1.4(b)", "1.4(d)"],
    ),
    ("Classified By: Ambassador Mary West for reasons 1.4 (b)", "Mary West", ["1.4(b)"]),
    (
        "Classified By: E. William Tarn, Ambassador, for reasons 1.4 (b)",
        "E. William Tarn",
        ["1.4(b)"],
    ),
    (
        "1. (U) Classified by Ambassador Ana Tarn, reasons 1.4 (b) and (d).",
        "Ana Tarn",
        ["1.4(b)", "1.4(d)"],
    ),
    ("Classified By: Acting POL Counselor JANE ROE for reasons 1.4 (b)", "JANE ROE", ["1.4(b)"]),
    ("Classified By: Jane ROE, PolCouns, reasons 1.4 (b)", "Jane ROE", ["1.4(b)"]),
    (
        "Classified By: Deputy Political Counselor Jane Roe III for reason 1.4 (d)",
        "Jane Roe III",
        ["1.4(d)"],
    ),
    (
        "Classified By: Ambassador to Vestria and Norvale Jane Roe for reasons 1.4 (b)",
        "Jane Roe",
        ["1.4(b)"],
    ),
    (
        "Classified By: Economic Officer Jane Roe for Ambassador John Doe, reasons 1.4 (b)",
        "Jane Roe",
        ["1.4(b)"],
    ),
    ("Classified By: Derived from multiple sources", None, []),
    (
        "Classified By: Charge d'affaires ad interim Jane Roe, for reasons 1.4 (b)",
        "Jane Roe",
        ["1.4(b)"],
    ),
    ("Classified By: Mission Norvale DCM Jane Roe; reasons 1.4 (b)", "Jane Roe", ["1.4(b)"]),
    ("Classified By: AMBASSADOR JANE ROE DUE TO 1.4 (B) AND (D)", "JANE ROE", ["1.4(b)", "1.4(d)"]),
]
