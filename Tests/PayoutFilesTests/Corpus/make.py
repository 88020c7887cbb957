#!/usr/bin/env python3
"""Writes the corpus: payout files as accountants really make them, and beside each what must be found in it.

    python3 Tests/PayoutFilesTests/Corpus/make.py

What is expected is written here by hand, never taken from the program. An .expected file has the encoding and the delimiter,
the accepted rows with their sum, the rows that are no payouts, and one line for each finding:
severity, row, letter, column, code, masked value ("-" where there is none). The month is November 2026.
"""

import pathlib

HERE = pathlib.Path(__file__).parent
A = "20208000900123456001"
M = "01183"
E = "0330"
HEADER = "account,mfo,pan,exp,amount"
SOM = "account,mfo,pan,exp,amount_uzs"
NBSP, NARROW, THIN, ZERO_WIDTH = "\u00a0", "\u202f", "\u2009", "\u200b"
CASES = {}


def card(fifteen):
    """The card whose first fifteen digits these are, with the digit that Luhn asks for."""
    total = sum(sum(divmod(int(d) * (2 if i % 2 == 0 else 1), 10)) for i, d in enumerate(fifteen))
    return fifteen + str(-total % 10)


C1, C2, C3 = "8600069195406311", "8600495473316478", "8600060921090842"
C4, C5, C6 = (card(f"98600112345678{n}") for n in "123")


def row(pan=C1, amount="150000", account=A, mfo=M, exp=E, more="", by=","):
    return by.join([account, mfo, pan, exp, amount]) + (by + more if more else "")


def lines(*rows, end="\n"):
    return "".join(r + end for r in rows)


def case(name, content, read="UTF-8 ,", rows=(), tiyin=0, passed=(), findings=(), encoding="utf-8"):
    assert name not in CASES, name
    CASES[name] = content if isinstance(content, bytes) else content.encode(encoding)
    found = "".join(f + "\n" for f in findings)
    (HERE / f"{name}.expected").write_text(
        f"read {read}\npaid rows {' '.join(map(str, rows)) or 'none'}, {tiyin} tiyin\n"
        + "".join(f"passed over {p}\n" for p in passed) + found, encoding="utf-8")
    (HERE / f"{name}.csv").write_bytes(CASES[name])


def one(name, text, finding, **more):
    """A file of one good row and, in row 3, one with a mistake."""
    case(name, lines(HEADER, row(C2), text), rows=[2], tiyin=150000, findings=[finding], **more)


def som(name, amount, tiyin=None, finding=None, by=";"):
    """A file in so'm with one row."""
    text = lines(SOM.replace(",", by), row(amount=amount, by=by))
    if finding is None:
        case(name, text, read=f"UTF-8 {by}", rows=[2], tiyin=tiyin)
    else:
        case(name, text, read=f"UTF-8 {by}", findings=[finding])


def encodings():
    plain = lines(HEADER, row(C1), row(C2, "250001"))
    named = lines("счёт;МФО;карта;срок;сумма в сумах;ФИО", row(C1, "1500,50", by=";", more="Ёқубов Ўткир"),
                  row(C2, "2000", by=";", more="Каримова Зухра"), end="\r\n")
    cyrillic = named.replace("қ", "к")
    case("utf8", plain, rows=[2, 3], tiyin=400001)
    case("utf8-bom", plain, read="UTF-8 (BOM) ,", rows=[2, 3], tiyin=400001, encoding="utf-8-sig")
    case("utf16le-tab", b"\xff\xfe" + plain.replace(",", "\t").encode("utf-16-le"), read="UTF-16 LE TAB", rows=[2, 3],
         tiyin=400001)
    case("utf16be-semicolon", b"\xfe\xff" + named.encode("utf-16-be"), read="UTF-16 BE ;", rows=[2, 3], tiyin=350050)
    case("windows1251", cyrillic, read="Windows-1251 ;", rows=[2, 3], tiyin=350050, encoding="cp1251")
    case("windows1251-only-in-amounts", lines(SOM.replace(",", ";"), row(amount=f"1{NBSP}500{NBSP}000,50", by=";")),
         read="Windows-1251 ;", rows=[2], tiyin=150000050, encoding="cp1251")
    case("windows1251-late", lines(HEADER + ",name", *[row(C1, str(1000 + n), more="Ali") for n in range(200)],
                                   row(C2, "1500", more="Зухра")).encode("cp1251"),
         read="Windows-1251 ,", rows=range(2, 203), tiyin=sum(range(1000, 1200)) + 1500)
    case("mixed-encodings", lines(HEADER + ",name", row(C1, more="Ёрқин Қодиров")).encode()
         + row(C2, more="Зухра\n").encode("cp1251"), rows=[2], tiyin=150000, findings=["error 3 - - unreadableText -"])
    case("utf16-without-mark", plain.encode("utf-16-le"), findings=["error - - - notText -"])
    case("utf16-cut", b"\xff\xfe" + plain.encode("utf-16-le")[:-1], read="UTF-16 LE ,", findings=["error - - - notText -"])
    case("workbook", b"PK\x03\x04\x14\x00\x06\x00\x08\x00", read="workbook -", findings=["error - - - damagedWorkbook -"])
    case("nul", lines(HEADER, row(C1 + "\0")), findings=["error - - - notText -"])
    case("empty", b"", findings=["error - - - emptyFile -"])
    case("only-a-bom", b"\xef\xbb\xbf", read="UTF-8 (BOM) ,", findings=["error - - - emptyFile -"])
    case("only-delimiters", lines(";;;;", ";;;;"), read="UTF-8 ;", findings=["error - - - emptyFile -"])
    case("header-alone", lines(HEADER), findings=["error - - - noRows -"])


def layouts():
    semicolons = lines(SOM.replace(",", ";"), row(C1, "1500,5", by=";"))
    case("semicolons", semicolons, read="UTF-8 ;", rows=[2], tiyin=150050)
    case("tabs", lines(HEADER, row()).replace(",", "\t"), read="UTF-8 TAB", rows=[2], tiyin=150000)
    case("sep-line", "sep=;\r\n" + semicolons, read="UTF-8 ;", rows=[2], tiyin=150050)
    case("sep-line-capitals-quoted", '"SEP=;"\n' + semicolons, read="UTF-8 ;", rows=[2], tiyin=150050)
    case("sep-line-tab", "sep=\t\n" + lines(HEADER, row()).replace(",", "\t"), read="UTF-8 TAB", rows=[2], tiyin=150000)
    quoted = lines(*['"' + r.replace(",", '","') + '"' for r in [HEADER, row(C1), row(C2)]])
    case("all-quoted", quoted, rows=[2, 3], tiyin=300000)
    case("quoted-name-with-delimiter", lines(HEADER + ",name", row(more='"Karimov, Aziz"')), rows=[2], tiyin=150000)
    case("quotes-doubled", lines(HEADER + ",name", row(more='"OOO ""Nur"""')), rows=[2], tiyin=150000)
    case("quotes-inside-unquoted-name", lines(HEADER + ",name", row(more='OOO "Nur"')), rows=[2], tiyin=150000)
    case("line-break-in-quotes", lines(HEADER + ",name", row(more='"two\nlines"'), row(C2, more="x")), rows=[2, 3],
         tiyin=300000)
    case("unclosed-quote-in-the-last-row", lines(HEADER, row(C1), row(C2, '"150000')), rows=[2], tiyin=150000,
         findings=["error 3 - - unclosedQuote -"])
    case("unclosed-quote-in-the-middle", lines(HEADER + ",name", row(C1, more='"Ali'), row(C2, more="Vali"),
                                                row(C3, more="Guli")), rows=[3, 4], tiyin=300000,
         findings=["error 2 - - unclosedQuote -"])
    case("two-lost-quotes", lines(HEADER + ",name", row(C1, more='"Ali'), row(C2, more='Vali"')), rows=[3], tiyin=150000,
         findings=["error 2 - - unclosedQuote -"])
    case("text-behind-a-quote", lines(HEADER, row(C1), row(C2, '"150000"0')), rows=[2], tiyin=150000,
         findings=["error 3 - - strayQuote -"])
    for name, end in [("crlf", "\r\n"), ("cr", "\r")]:
        case(name, lines(HEADER, row(C1), row(C2), end=end), rows=[2, 3], tiyin=300000)
    case("mixed-line-ends", f"{HEADER}\r\n{row(C1)}\n{row(C2)}\r{row(C3)}", rows=[2, 3, 4], tiyin=450000,
         findings=["warning 4 - - fileCut -"])
    case("empty-rows-at-the-end", lines(HEADER, row(), ",,,,", "", "  ", ",,,,,,,"), rows=[2], tiyin=150000)
    case("empty-rows-between", lines("", HEADER, "", row(C1), ",,,,", row(C2), end="\r\n"), rows=[4, 6], tiyin=300000)
    case("spaces-at-the-ends", lines(HEADER, f" {A} ,{NBSP}{M},{C1} , {E},  150000{NARROW}"), rows=[2], tiyin=150000)
    case("trailing-delimiters", lines(HEADER + ",,", row() + ",,"), rows=[2], tiyin=150000)
    case("titles-above-the-header", lines("ООО Нур;;;;", "Реестр выплат за ноябрь 2026;;;;", "", HEADER.replace(",", ";"),
                                          row(by=";")), read="UTF-8 ;", rows=[5], tiyin=150000,
         passed=["1 title", "2 title"])
    case("second-header-on-a-new-page", lines(HEADER, row(C1), HEADER, row(C2)), rows=[2, 4], tiyin=300000,
         passed=["3 second header"])
    case("second-header-in-russian", lines(HEADER, "счёт,МФО,карта,срок,сумма", row()), rows=[3], tiyin=150000,
         passed=["2 second header"])
    case("second-header-of-numbers", lines(HEADER, "1,2,3,4,5", row()), rows=[3], tiyin=150000,
         passed=["2 second header"])
    case("second-header-with-other-columns", lines(HEADER, row(C1), "account,mfo,exp,pan,amount", row(C2)), rows=[2, 4],
         tiyin=300000, findings=["error 3 - - otherHeader -"])
    case("too-few-fields", lines(HEADER, row(C1), f"{A},{M},{C2},{E}"), rows=[2], tiyin=150000,
         findings=["error 3 - - wrongFieldCount -"])
    case("too-many-fields", lines(HEADER, row(C1), row(C2, more="x,y,z")), rows=[2], tiyin=150000,
         findings=["error 3 - - wrongFieldCount -"])


def totals():
    by = ";"
    top = SOM.replace(",", by)
    two = [row(C1, "1000000", by=by), row(C2, "500000,50", by=by)]

    def total(name, last, passed=None, findings=(), rows=(2, 3), tiyin=150000050, above=top, body=two):
        case(name, lines(above, *body, last), read="UTF-8 ;", rows=rows, tiyin=tiyin,
             passed=[passed] if passed else [], findings=findings)

    agrees = "4 total that agrees"
    total("total-itogo", f"Итого;;;;1{NBSP}500{NBSP}000,50", agrees)
    total("total-itogo-in-capitals", "ИТОГО:;;;;1500000,5", agrees)
    total("total-vsego", ";;;Всего к выплате;1 500 000,50", agrees)
    total("total-jami", "Jami;;;;1500000.50", agrees)
    total("total-total", "Total;;;;1,500,000.50", agrees)
    total("total-cyrillic-uzbek", "Жами;;;;1500000,50", agrees)
    total("total-behind-its-sum", ";;;1500000,50;Итого", agrees)
    total("total-of-rows", "Jami: ;2;;;", agrees)
    total("total-without-a-sum", "Итого;;;;", "4 total without a sum")
    total("total-disagrees", "Итого;;;;1 500 000", findings=["error 4 E amount_uzs totalDisagrees 1 500 000"])
    total("total-is-scientific", "Итого;;;;1,5E+06", findings=["error 4 E amount_uzs scientificNotation 1,5E+06"])
    total("total-can-be-read-two-ways", "Итого;;;;1,500", findings=["error 4 E amount_uzs amountAmbiguous 1,500"])
    total("total-counts-faulty-rows", "Итого;;;;1500000,50", agrees, rows=[2], tiyin=100000000,
          body=[two[0], row(C2[:-1] + "0", "500000,50", by=by)],
          findings=["error 3 C pan lastDigitLost 860049******6470"])
    case("two-totals-above-the-rows", lines(top, "Итого;;;;15000", "Итого;;;;1500000,50", *two), read="UTF-8 ;", rows=[4, 5],
         tiyin=150000050, passed=["3 total that agrees"],
         findings=["error 2 E amount_uzs totalDisagrees 15 000,00"])
    case("total-above-the-rows", lines(top, "Итого;;;;1500000,50", *two), read="UTF-8 ;", rows=[3, 4], tiyin=150000050,
         passed=["2 total that agrees"])
    case("subtotals", lines(top, two[0], "Итого;;;;1000000", two[1], "Итого;;;;500000,50", "Всего;;;;1500000,50"),
         read="UTF-8 ;", rows=[2, 4], tiyin=150000050,
         passed=["3 total that agrees", "5 total that agrees", "6 total that agrees"])
    case("a-recipient-called-total", lines("name;" + HEADER.replace(",", ";"), "Total Nur MChJ;" + row(by=";")),
         read="UTF-8 ;", rows=[2], tiyin=150000)


def faults():
    """What accountants' programs do to a file, each with others of its kind."""
    top = HEADER.replace(",", ";")
    semi = lambda *more, **fields: row(by=";", **fields) + "".join(";" + m for m in more)
    for name, title in [("inn", "ООО «Намуна», ИНН 305123456"), ("period", "Период: 01.11.2026 - 30.11.2026"),
                        ("pinfl", "Директор, ПИНФЛ 31234567890123"), ("contract", "Договор № 1234567890 от 01.02.2026"),
                        ("account", f"Р/с {A}, МФО {M}")]:
        case(f"title-with-{name}", lines("Реестр выплат;;;;", title + ";;;;", top, semi(), semi(pan=C2), end="\r\n"),
             read="UTF-8 ;", rows=[4, 5], tiyin=300000, passed=["1 title", "2 title"])
    case("title-of-labels", lines("Счёт;МФО", f"{A};{M}", top, semi()), read="UTF-8 ;", rows=[4], tiyin=150000,
         passed=["1 title", "2 title"])
    case("title-with-a-card", lines("Карта для возврата:;8600069195406311;;;", top, semi()), read="UTF-8 ;", rows=[2 + 1],
         tiyin=150000, passed=["1 title"])
    case("title-like-a-column", lines("Карта;;;;", "Сумма;15000;;;", top, semi()), read="UTF-8 ;", rows=[4], tiyin=150000,
         passed=["1 title", "2 title"])
    case("header-of-few-columns", lines("Реестр;", "карта;примечание", f"{C1};x"), read="UTF-8 ;", passed=["1 title"],
         findings=["error 2 - account missingPayer -", "error 2 - mfo missingPayer -", "error 2 - exp missingColumn -",
                   "error 2 - amount missingAmountColumn -"])
    noted = [semi("аванс", pan=c) for c in [C1, C2, C3]]
    bare = [semi(pan=c) for c in [C4, C5, C6]]
    case("trailing-delimiters-left-out", lines(top + ";Примечание", *noted, *bare, end="\r\n"), read="UTF-8 ;",
         rows=range(2, 8), tiyin=900000)
    case("trailing-delimiters-left-out-of-two-columns", lines(top + ";name;отдел", semi("Али", "2"), semi("Вали", pan=C2), semi(pan=C3)),
         read="UTF-8 ;", rows=[2, 3, 4], tiyin=450000)
    case("needed-column-left-out", lines("name;account;mfo;pan;amount;exp;note", f"Али;{A};{M};{C1};150000;{E};x",
                                         f"Вали;{A};{M};{C2};150000"), read="UTF-8 ;", rows=[2], tiyin=150000,
         findings=["error 3 - - wrongFieldCount -"])
    case("decimal-comma-before-left-out-columns", lines(SOM + ",отдел,note", row(C2, "1500", more="a,b"), row(C1, "1500,50")),
         rows=[2], tiyin=150000, findings=["error 3 E amount_uzs shiftedByDelimiter 1500,50"])
    address = '"Toshkent sh.\nYunusobod tumani, 4-mavze, 12-uy, 5-xonadon, 2-qavat"'
    case("address-of-two-lines", lines(HEADER + ",manzil", row(more=address), row(C2, more="Samarqand")), rows=[2, 3],
         tiyin=300000)
    case("note-of-many-lines", lines(HEADER + ",izoh", row(more='"1, 2, 3\r\n4, 5, 6, 7, 8\r\ntel. +998 90 123-45-67, 1, 2, 3, 4"'),
                                     row(C2, more="x"), end="\r\n"), rows=[2, 3], tiyin=300000)
    case("lost-quote-before-a-card-at-the-end", lines("name,amount,exp,account,mfo,pan", f'"Ali,150000,{E},{A},{M},{C1}',
                                                      f'Vali,150000,{E},{A},{M},{C2}"'), rows=[],
         findings=["error 2 - - unclosedQuote -", f"error 3 F pan strayQuote 860049******6478\""])
    case("cut-inside-the-amount", (lines(HEADER, row(C1), row(C2)) + row(C3, "15")).encode(), rows=[2, 3, 4],
         tiyin=300015, findings=["warning 4 - - fileCut -"])
    case("cut-inside-the-name", lines(HEADER + ",name", row(C1, more="Ali")) + row(C2, more="Va"), rows=[2, 3],
         tiyin=300000, findings=["warning 3 - - fileCut -"])
    case("no-end-behind-a-total", lines(HEADER, row(C1)) + "Total,,,,150000", rows=[2], tiyin=150000,
         passed=["3 total that agrees"])
    case("no-end-behind-a-quote", lines(HEADER, row(C1)) + row(C2, '"150000"'), rows=[2, 3], tiyin=300000)
    ok = dict(read="UTF-8 ;", rows=[2], tiyin=15000000)
    for name, head in [("latin-c", "Счёт;MФO;Номер кaрты;Cрок действия;Cумма в сумах"),
                       ("capital-latin", "CЧЕТ;MФО;KAPTA;CPOK;CУMMA B CУMAX"),
                       ("decomposed", "Счёт;МФО;Карта;Срок дейстивия;Сумма".replace("дейстивия", "дейи\u0306ствия").replace("дейи\u0306", "деи\u0306") + " в тии\u0306инах"),
                       ("uzbek-letters-as-russian", "хисобракам;МФО;карта раками;муддати;сумма сум"),
                       ("uzbek-letters-lost", "?исобра?ам;МФО;карта ра?ами;муддати;сумма с?м"),
                       ("english-in-cyrillic", "ассоunt;mfo;pan;ехр;amount_uzs")]:
        so_m = name != "decomposed"
        case(f"header-{name}", lines(head, row(by=";")), read="UTF-8 ;", rows=[2], tiyin=15000000 if so_m else 150000)
    case("total-in-mixed-letters", lines(top, semi(), "Итoгo;;;;150000"), read="UTF-8 ;", rows=[2], tiyin=150000,
         passed=["3 total that agrees"])
    named = lines(top + ";name", semi("Каримов Азиз"), semi("Юлдашева Мадина", pan=C2), end="\r\n")
    for name, codec, page in [("cp866", "cp866", "CP866"), ("koi8-r", "koi8_r", "KOI8-R"), ("mac", "mac_cyrillic", "Mac Cyrillic")]:
        case(f"{name}-names", named, read=f"{page} ;", rows=[2, 3], tiyin=300000, encoding=codec)
        case(f"{name}-capitals", lines(top + ";name", semi("КАРИМОВ"), semi("ЮСУПОВА ЗУХРА", pan=C2)),
             read=("CP866" if name == "mac" else page) + " ;", rows=[2, 3], tiyin=300000, encoding=codec)
        case(f"{name}-amount", lines(SOM.replace(",", ";"), row(amount=f"1{NBSP}500{NBSP}000,50", by=";")), read=f"{page} ;",
             rows=[2], tiyin=150000050, encoding=codec)
        case(f"{name}-header", lines("счет;МФО;карта;срок;сумма в сумах", row(by=";")), read=f"{page} ;", rows=[2],
             tiyin=15000000, encoding=codec)
    case("cp866-like-utf8", lines(top + ";name", semi("юлдашев")), read="CP866 ;", rows=[2], tiyin=150000, encoding="cp866")
    case("utf8-chinese", lines(top + ";name", semi("王小明")), read="UTF-8 ;", rows=[2], tiyin=150000)
    case("windows1251-capitals", lines(top + ";name", semi("КАРИМОВ"), semi("ЮСУПОВА ЗУХРА", pan=C2)),
         read="Windows-1251 ;", rows=[2, 3], tiyin=300000, encoding="cp1251")
    case("windows1251-apostrophes", lines(top + ";name", semi("O‘ktamov Do‘st")), read="Windows-1251 ;", rows=[2],
         tiyin=150000, encoding="cp1251")
    case("lost-letters", lines(top + ";name", semi("?одиров ?айрат"), semi("O?ktamov", pan=C2), semi("Тоҳи?", pan=C3),
                               semi("??????", pan=C4), semi("Ali (?)", pan=C5)), read="UTF-8 ;", rows=range(2, 7), tiyin=750000,
         findings=[f"warning 2 F name lettersLost ?одиров ?айрат", "warning 3 F name lettersLost O?ktamov",
                   "warning 4 F name lettersLost Тоҳи?", "warning 5 F name lettersLost ??????"])
    quoted = lambda *rows: lines(*['"' + r.replace('"', '""') + '"' for r in rows])
    case("each-line-one-quoted-field", quoted(HEADER, row(C1), row(C2)), rows=[2, 3], tiyin=300000)
    case("each-line-one-quoted-field-semicolons", quoted(top, semi(), semi(pan=C2)), read="UTF-8 ;", rows=[2, 3], tiyin=300000)
    case("each-line-one-quoted-field-with-names", quoted(HEADER + ",name", row(C1, more='"Karimov, Aziz"'), row(C2, more="Vali")),
         rows=[2, 3], tiyin=300000)
    case("masked-cards", lines(HEADER, row("860006******6311"), row("8600 06** **** 6311"), row("8600XXXXXXXX6311"),
                               row("8600••••••••6311"), row("**** 6311")), findings=[
        "error 2 C pan maskedCard 8600**********11", "error 3 C pan maskedCard 8600 **** **** **11",
        "error 4 C pan maskedCard 8600XXXXXXXX**11", "error 5 C pan maskedCard 8600••••••••**11",
        "error 6 C pan maskedCard **** 6311"])
    case("same-key", lines(HEADER + ",id", row(C1, more="CB-00017"), row(C2, "150001", more="CB-00017"), row(C3, more="CB-18"),
                           row(C4, more=""), row(C5, more="")), rows=range(2, 7), tiyin=750001,
         findings=["warning 3 F id sameKey CB-00017"])
    case("signatures-below-the-total", lines(top, semi(), "Итого;;;;150000", "", "Директор;;__________;Каримов А.;",
                                             "Главный бухгалтер;;__________;Юсупова З.;", "М.П.;;;;", "Исполнитель: Ли, тел. 71 123-45-67;;;;",
                                             "Дата: 30.11.2026;;;;", "Всего к выплате: сто пятьдесят тысяч;;;;"), read="UTF-8 ;", rows=[2], tiyin=150000,
         passed=["3 total that agrees", "5 note", "6 note", "7 note", "8 note", "9 note", "10 total without a sum"])
    case("signatures-without-a-total", lines(top, semi(), "Директор __________ Каримов А.", "Bosh hisobchi;;Yusupova Z.", "Imzo:",
                                             "__________"), read="UTF-8 ;", rows=[2], tiyin=150000,
         passed=["3 note", "4 note", "5 note", "6 note"])
    case("a-payout-below-a-total", lines(top, semi(), "Итого;;;;150000", f"{A};{M};;{E};150000", f";;{C2};;"), read="UTF-8 ;", rows=[2],
         tiyin=150000, passed=["3 total that agrees"], findings=["error 4 C pan emptyField -", "error 5 A account emptyField -",
                                                                 "error 5 B mfo emptyField -", "error 5 D exp emptyField -",
                                                                 "error 5 E amount emptyField -"])
    case("a-caption-between-payouts", lines(top, semi(), "Отдел продаж;;;;", semi(pan=C2)), read="UTF-8 ;", rows=[2, 4], tiyin=300000,
         findings=["error 3 A account accountNot20Digits Отдел продаж", "error 3 B mfo emptyField -", "error 3 C pan emptyField -",
                   "error 3 D exp emptyField -", "error 3 E amount emptyField -"])


def numbers():
    wrapped = f'="{A}";="{M}";="{C1}";="{E}";="150000"'
    case("equals-wrapped", lines(HEADER.replace(",", ";"), wrapped), read="UTF-8 ;", rows=[2], tiyin=150000)
    case("equals-wrapped-and-quoted", lines(HEADER, row(mfo='"=""01183"""', exp='"=""0330"""')), rows=[2], tiyin=150000)
    case("apostrophes", lines(HEADER, row(account="'" + A, mfo="'" + M, pan="'" + C1, exp="'" + E)), rows=[2],
         tiyin=150000)
    for name, sign in [("spaces", " "), ("no-break-spaces", NBSP), ("dashes", "-"), ("en-dashes", "\u2013")]:
        grouped = sign.join(C1[n:n + 4] for n in range(0, 16, 4))
        case(f"card-grouped-by-{name}", lines(HEADER, row(grouped)), rows=[2], tiyin=150000)
    case("account-grouped", lines(HEADER, row(account="20208 000 9 00123456 001")), rows=[2], tiyin=150000)
    som("amount-decimal-comma", "1500,5", 150050)
    som("amount-decimal-point", "1500.05", 150005)
    som("amount-quoted-decimal-comma", '"1500,50"', 150050, by=",")
    som("amount-grouped-by-spaces", "1 500 000", 150000000)
    som("amount-grouped-by-no-break-spaces", f"1{NBSP}500{NBSP}000,25", 150000025)
    som("amount-grouped-by-narrow-spaces", f"1{NARROW}500{NARROW}000.25", 150000025)
    som("amount-grouped-by-thin-spaces", f"1{THIN}500{THIN}000", 150000000)
    som("amount-grouped-by-points", "1.500.000,25", 150000025)
    som("amount-grouped-by-commas", "1,500,000.25", 150000025)
    som("amount-one-tiyin", "0,01", 1)
    som("amount-ambiguous-comma", "1,234", finding="error 2 E amount_uzs amountAmbiguous 1,234")
    som("amount-ambiguous-point", "1.234", finding="error 2 E amount_uzs amountAmbiguous 1.234")
    som("amount-ambiguous-long", "123.456", finding="error 2 E amount_uzs amountAmbiguous 123.456")
    som("amount-three-decimals", "1500,555", finding="error 2 E amount_uzs amountHasTooManyDecimals 1500,555")
    som("amount-below-one-three-decimals", "0,555", finding="error 2 E amount_uzs amountHasTooManyDecimals 0,555")
    som("amount-wrong-groups", "15 00", finding="error 2 E amount_uzs amountNotANumber 15 00")
    som("amount-two-kinds-of-groups", "1 500.000,5", finding="error 2 E amount_uzs amountNotANumber 1 500.000,5")
    som("amount-with-currency", "1500000 сум", finding="error 2 E amount_uzs amountNotANumber 1500000 сум")
    som("amount-beyond-counting", "92233720368547758,08",
        finding="error 2 E amount_uzs amountTooLarge 922337*********58,08")
    one("tiyin-ambiguous", row(amount='"1,234"'), "error 3 E amount amountAmbiguous 1,234")
    one("tiyin-with-decimals", row(amount="1500.50"), "error 3 E amount amountNotWhole 1500.50")
    one("tiyin-with-empty-decimals", row(amount='"1500,00"'), "error 3 E amount amountNotWhole 1500,00")
    one("amount-zero", row(amount="0"), "error 3 E amount amountNotPositive 0")
    one("amount-negative", row(amount="-5"), "error 3 E amount amountNotPositive -5")
    one("amount-minus-sign", row(amount="\u22125"), "error 3 E amount amountNotPositive \u22125")
    one("amount-missing", row(amount=""), "error 3 E amount emptyField -")
    one("arabic-digits", row("٨٦٠٠٠٦٩١٩٥٤٠٦٣١١"), "error 3 C pan foreignDigits ٨٦٠٠٠٦******٦٣١١")
    one("fullwidth-digits", row(mfo="０１１８３"), "error 3 B mfo foreignDigits ０１１８３")
    one("zero-width-space", row(C1[:4] + ZERO_WIDTH + C1[4:]), "error 3 C pan invisibleSigns 8600·06******6311")
    one("soft-hyphen", row(mfo="01\u00ad183"), "error 3 B mfo invisibleSigns 01·183")
    one("letter-o-for-zero", row("8600O69195406311"), "error 3 C pan panNot16Digits 8600O69*****6311")


def headers():
    def header(name, text, tiyin=15000000, findings=(), amount="150000"):
        case(name, lines(text.replace(",", ";"), row(amount=amount, by=";")), read="UTF-8 ;",
             rows=[2] if tiyin else [], tiyin=tiyin, findings=findings)

    header("header-russian", "Счёт,МФО,Карта,Срок,Сумма в сумах")
    header("header-russian-without-yo", "СЧЕТ,мфо банка,Номер карты,Срок действия,сумма (сум)")
    header("header-uzbek", "hisobraqam,MFO,karta,muddat,summa so'm")
    header("header-uzbek-turned-comma", "Hisobraqam,MFO,Karta raqami,Amal qilish muddati,Summa so‘mda")
    header("header-uzbek-cyrillic", "ҳисобрақам,МФО,карта рақами,муддати,сумма сўм")
    header("header-in-tiyin", "счет,мфо,карта,срок,сумма в тийинах", tiyin=150000)
    header("header-without-a-unit", "счет,мфо,карта,срок,сумма", tiyin=0, findings=["error 1 E amount unitNotSaid сумма"])
    header("header-without-a-unit-uzbek", "hisobraqam,mfo,karta,muddat,summa", tiyin=0,
           findings=["error 1 E amount unitNotSaid summa"])
    header("header-without-a-unit-to-pay", "р/с,Код банка,№ карты,Годен до,Сумма к выплате", tiyin=0,
           findings=["error 1 E amount unitNotSaid Сумма к выплате"])
    header("header-as-people-write-it", "Счёт организации,Код банка,Номер пластиковой карты,Годен до,К выдаче (сум)")
    header("header-as-people-write-it-uzbek", "Hisob raqami,Bank kodi,Plastik raqami,Amal qilish muddati,Jami summa (so‘m)")
    header("header-with-remarks", "Расч. счет,МФО (5 цифр),Номер карты (16 цифр),Срок действия (мм/гг),К выдаче (сум)")
    header("header-salary-in-som", "Номер счета,МФО,№ пластиковой карты,Срок действия карты,Зарплата в сумах")
    case("header-in-any-order", lines(" AMOUNT_UZS ,Pan,EXP,Name,id,mfo,Account", f"1500.5,{C1},{E},Aziz,7,{M},{A}"),
         rows=[2], tiyin=150050)
    case("header-missing-column", lines("account,mfo,pan,amount", f"{A},{M},{C1},150000"),
         findings=["error 1 - exp missingColumn -"])
    case("header-doubled-column", lines(HEADER + ",Card", row(more=C1)), findings=["error 1 F pan doubledColumn -"])
    case("header-both-amounts", lines(HEADER + ",amount_uzs", row(more="1500")),
         findings=["error 1 F amount_uzs twoAmountColumns -"])
    titles = f"Р/с {A}, МФО {M}"
    three = "№,ФИО,№ карты,Годен до,сумма сум"
    paid = ["1,Каримов," + C1 + ",04/27,1500"]
    taken = ["warning 1 - account accountFromTitle 202080**********6001", "warning 1 - mfo bankCodeFromTitle 01183"]
    case("payer-from-a-title", lines(f'"{titles}"', three, *paid), rows=[3], tiyin=150000, passed=["1 title"], findings=taken)
    case("payer-from-labels", lines("Счёт,МФО", f"{A},{M}", three, *paid), rows=[4], tiyin=150000, passed=["1 title", "2 title"],
         findings=[f.replace("warning 1", "warning 2") for f in taken])
    case("payer-from-grouped-titles", lines("Р/с: 2020 8000 9001 2345 6001", "МФО:,01183", three, *paid), rows=[4], tiyin=150000,
         passed=["1 title", "2 title"], findings=[taken[0], taken[1].replace("warning 1", "warning 2")])
    case("payer-missing", lines("Реестр", three, *paid), passed=["1 title"],
         findings=["error 2 - account missingPayer -", "error 2 - mfo missingPayer -"])
    case("two-accounts-in-titles", lines(f'"{titles}"', f"Р/с {A[:-1]}2", three, *paid), passed=["1 title", "2 title"],
         findings=[taken[1], "error 3 - account missingPayer -"])
    case("unknown-header", lines("Hujjat", "a,b,c,d,e", row()), passed=[], findings=["error 2 - - noHeader -"])
    case("header-missing", lines(row(C1), row(C2)), findings=["error 1 - - noHeader -"])
    case("unknown-columns", lines(HEADER + ",comment,отдел", row(more="x,бухгалтерия")), rows=[2], tiyin=150000)


def damage():
    def semicolon(name, text, finding):
        case(name, lines(HEADER.replace(",", ";"), row(C2, by=";"), text), read="UTF-8 ;", rows=[2], tiyin=150000,
             findings=[finding])

    semicolon("damage-scientific-card", row("8,60007E+15", by=";"), "error 3 C pan scientificNotation 8,600**E+15")
    one("damage-scientific-card-point", row("8.60007E+15"), "error 3 C pan scientificNotation 8.600**E+15")
    semicolon("damage-scientific-account", row(account="2,0208E+19", by=";"), "error 3 A account scientificNotation 2,0208E+19")
    semicolon("damage-scientific-amount", row(amount="1,5E+08", by=";"), "error 3 E amount scientificNotation 1,5E+08")
    one("damage-last-digit", row(C1[:-1] + "0"), "error 3 C pan lastDigitLost 860006******6310")
    one("damage-card-as-a-number", row(f"8{NBSP}600{NBSP}069{NBSP}195{NBSP}406{NBSP}310"),
        f"error 3 C pan lastDigitLost 8{NBSP}600{NBSP}06*{NBSP}***{NBSP}**6{NBSP}310")
    one("damage-mfo-without-zero", row(mfo="1183"), "error 3 B mfo lostLeadingZero 1183")
    one("damage-expiry-without-zero", row(exp="330"), "error 3 D exp lostLeadingZero 330")
    case("damage-expiry-date", lines(HEADER, row(C2), row(exp="01.03.2030")), rows=[2, 3], tiyin=300000)
    case("damage-expiry-iso-date", lines(HEADER, row(C2), row(exp="2030-03-01")), rows=[2, 3], tiyin=300000)
    case("damage-expiry-month", lines(HEADER, row(C2), row(exp="мар.30")), rows=[2, 3], tiyin=300000)
    case("damage-expiry-month-english", lines(HEADER, row(C2), row(exp="Mar-30")), rows=[2, 3], tiyin=300000)
    one("damage-expiry-days", row(exp="47543"), "error 3 D exp expiryIsDate 47543")
    one("damage-hashes", row(amount="########"), "error 3 E amount columnTooNarrow ########")
    one("damage-not-available", row("#N/A"), "error 3 C pan spreadsheetError #N/A")
    one("damage-not-available-russian", row("#Н/Д"), "error 3 C pan spreadsheetError #Н/Д")
    one("damage-reference", row(amount="#REF!"), "error 3 E amount spreadsheetError #REF!")
    one("damage-libreoffice-error", row(amount="Err:502"), "error 3 E amount spreadsheetError Err:502")
    one("damage-formula", row(amount="=E2*2"), "error 3 E amount formula =E2*2")
    one("damage-formula-of-a-card", row("=" + C1), "error 3 C pan formula =860006******6311")
    case("damage-shifted-by-a-comma", lines(SOM + ",name", row(C2, "1500", more="Ali"), row(C1, "1500,50", more="Vali")),
         rows=[2], tiyin=150000, findings=["error 3 - - shiftedByDelimiter -"])
    case("damage-shifted-into-the-name", lines(SOM + ",name", row(C2, "1500", more="Ali"), row(C1, "1500,50")), rows=[2],
         tiyin=150000, findings=["error 3 E amount_uzs shiftedByDelimiter 1500,50"])
    case("damage-shifted-into-a-nameless-column", lines(SOM + ",,name", row(C2, "1500", more=",Ali"),
                                                        row(C1, "1500,50", more="Vali")), rows=[2], tiyin=150000,
         findings=["error 3 E amount_uzs shiftedByDelimiter 1500,50"])
    case("damage-shifted-into-an-empty-column", lines(SOM + ",id", row(C2, "1500", more="A-1"), row(C1, "1500,50") + ","),
         rows=[2], tiyin=150000, findings=["error 3 E amount_uzs shiftedByDelimiter 1500,50"])
    case("keys-of-two-digits", lines(SOM + ",id", row(C2, "1500", more="49"), row(C1, "1500", more="50")), rows=[2, 3],
         tiyin=300000)
    case("damage-shifted-by-a-name", lines("name," + HEADER, "Ali," + row(C2), "Karimov, Vali," + row(C1)), rows=[2],
         tiyin=150000, findings=["error 3 - - shiftedByDelimiter -"])
    case("damage-account-ends-in-zeros", lines(HEADER, row(account="20208000900123400000")), rows=[2], tiyin=150000,
         findings=["warning 2 A account accountEndsInZeros 202080**********0000"])


def fields():
    one("account-of-19", row(account=A[:-1]), "error 3 A account accountNot20Digits 202080*********5600")
    one("account-of-21", row(account=A + "1"), "error 3 A account accountNot20Digits 202080***********0011")
    one("account-missing", row(account=""), "error 3 A account emptyField -")
    one("mfo-of-6", row(mfo="011830"), "error 3 B mfo mfoNot5Digits 011830")
    one("mfo-of-letters", row(mfo="ANOR1"), "error 3 B mfo mfoNot5Digits ANOR1")
    one("card-of-15", row(C1[:-1]), "error 3 C pan panNot16Digits 860006*****0631")
    one("card-of-19", row(C1 + "123"), "error 3 C pan panNot16Digits 860006*********1123")
    one("card-mistyped", row(C1[:-1] + "2"), "error 3 C pan panCheckDigit 860006******6312")
    one("expiry-month-13", row(exp="1330"), "error 3 D exp expiryNotMMYY 1330")
    for name, exp in [("slash", "03/30"), ("point", "03.30"), ("dash", "03-30"), ("space", "03 30"), ("one-digit", "3/30"),
                      ("full-year", "03.2030"), ("iso-month", "2030-03"), ("month-in-full", "март 2030"),
                      ("uzbek-month", "mart 2030"), ("month-and-space", "Мар 30"), ("month-and-slash", "mar/30")]:
        case(f"expiry-with-a-{name}", lines(HEADER, row(C2), row(exp=exp)), rows=[2, 3], tiyin=300000)
    one("expiry-of-another-day", row(exp="27.03.2030"), "error 3 D exp expiryIsDate 27.03.2030")
    one("expiry-of-two-readings", row(exp="01/03/2030"), "error 3 D exp expiryIsDate 01/03/2030")
    one("expiry-of-a-day-and-month", row(exp="27-Apr"), "error 3 D exp expiryIsDate 27-Apr")
    one("expiry-year-first", row(exp="30/03"), "error 3 D exp expiryNotMMYY 30/03")
    one("expiry-past-with-a-slash", row(exp="10/26"), "error 3 D exp expiryPast 10/26")
    one("expiry-past", row(exp="1026"), "error 3 D exp expiryPast 1026")
    case("expiry-this-month", lines(HEADER, row(exp="1126")), rows=[2], tiyin=150000)
    case("five-mistakes-in-a-row", lines(HEADER, "1,2,3,4,x", row()), rows=[3], tiyin=150000, findings=[
        "error 2 A account accountNot20Digits 1", "error 2 B mfo lostLeadingZero 2", "error 2 C pan panNot16Digits 3",
        "error 2 D exp expiryNotMMYY 4", "error 2 E amount amountNotANumber x"])


def warnings():
    case("warning-same-payment", lines(HEADER, row(C1), row(C2), row("8600 0691 9540 6311")), rows=[2, 3, 4],
         tiyin=450000, findings=["warning 4 C pan samePayment 860006******6311"])
    case("same-card-with-other-amounts", lines(HEADER, row(C1), row(C1, "150001")), rows=[2, 3], tiyin=300001)
    case("warning-unknown-prefix", lines(HEADER, row(card("123456789012345"))), rows=[2], tiyin=150000,
         findings=[f"warning 2 C pan unknownCardPrefix 123456******{card('123456789012345')[-4:]}"])
    case("warning-currency", lines(HEADER, row(account="20208840900123456001")), rows=[2], tiyin=150000,
         findings=["warning 2 A account otherCurrency 202088**********6001"])
    cards = [C1, C2, C3, C4, C5, C6]
    usual = [row(pan, str(500_000_000 + n * 70_000_000)) for n, pan in enumerate(cards[:5])]
    plain = sum(500_000_000 + n * 70_000_000 for n in range(5))
    case("warning-far-below", lines(HEADER, *usual, row(C6, "6000000")), rows=range(2, 8), tiyin=plain + 6_000_000,
         findings=["warning 7 E amount amountFarOff 60 000,00 so‘m"])
    case("warning-far-above", lines(HEADER, row(C6, "60000000000"), *usual), rows=range(2, 8),
         tiyin=plain + 60_000_000_000, findings=["warning 2 E amount amountFarOff 600 000 000,00 so‘m"])
    case("amounts-of-all-sizes", lines(HEADER, *[row(pan, str(1000 * 6 ** n)) for n, pan in enumerate(cards)]),
         rows=range(2, 8), tiyin=sum(1000 * 6 ** n for n in range(6)))
    case("errors-and-warnings", lines(HEADER, row(C1), row(C1), row(C2, "x")), rows=[2, 3], tiyin=300000,
         findings=["warning 3 C pan samePayment 860006******6311", "error 4 E amount amountNotANumber x"])


for old in [*HERE.glob("*.csv"), *HERE.glob("*.expected")]:
    old.unlink()
for part in [encodings, layouts, totals, faults, numbers, headers, damage, fields, warnings]:
    part()
print(f"{len(CASES)} files")
