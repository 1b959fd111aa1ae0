"""The year before: books whose closing is this year's opening, and what stood in the lists at its end."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from example_year.accounts import BUDGET, FINANCIAL, Books
from example_year.assets import accumulated_by
from example_year.books_budget import write_debts
from example_year.books_finance import write_balance
from example_year.books_goods import write_cards, write_rolls, write_room
from example_year.closing import close_books
from example_year.model import YEAR, Debt, Good, yuan
from example_year.office import Office
from example_year.others import WATER_BEFORE
from example_year.stock import GOODS

if TYPE_CHECKING:
    from example_year.year import School

BEFORE = YEAR - 1
INTEREST, UNIFORMS, PAID_OUT = yuan(2_214.60), yuan(68_400), yuan(61_988)
ADVANCED, GOT_BACK = yuan(15_300), yuan(15_120)
DAY = date(BEFORE, 12, 31)


def last_year(year: School) -> Office:
    """Lay out what the year before ended with."""
    office = Office()
    goods = _goods(year)
    books = _books(year, goods)
    cards = [card for card in year.cards if card.acquired.year < YEAR]
    for basis in (FINANCIAL, BUDGET):
        write_balance(office, books, basis, year=BEFORE, file="科目余额表2024年12月.xlsx")
    write_debts(office, _debts(year), year=BEFORE, file="往来款明细表2024年末.xlsx")
    write_cards(office, cards, year=BEFORE, file="固定资产卡片2024年末.xlsx")
    write_rolls(office, cards, year=BEFORE, file="2024年资产增减变动.xlsx")
    write_room(office, goods, year=BEFORE, file="物资收发存2024年度.xlsx")
    return office


def _goods(year: School) -> list[Good]:
    """Give the store room of the year before: a batch of each came, a little more than that went."""
    made = []
    for good, (*_, price, batch, usual) in zip(year.goods, GOODS, strict=True):
        fen, more = yuan(price), batch + usual
        made.append(Good(good.category, good.name, good.spec, good.uom, good.open_qty + usual, (good.open_qty + usual) * fen,
                         batch, batch * fen, more, more * fen))  # fmt: skip
    return made


def _books(year: School, goods: list[Good]) -> Books:
    """Book the year before by its totals; its openings are what leads to this year's."""
    books = Books()
    owed = {debt.party: debt.opening for debt in year.debts if debt.kind == "应付账款" and debt.opening}
    late, late_goods = owed["美凯家电商场"], owed["文苑办公用品商行"]
    bought, used = sum(good.in_amount for good in goods), sum(good.out_amount for good in goods)
    _spend(year, books, bought - late_goods)
    books.post(DAY, "上年12月办公用品入库，货款未付", ("1302", late_goods), ("2302", -late_goods))
    books.post(DAY, "上年12月空调机入账，货款未付", ("160102", late), ("2302", -late))
    books.post(DAY, "领用物资", ("500102", used), ("1302", -used))
    old = [card for card in year.cards if card.acquired.year < YEAR]
    taken = sum(accumulated_by(c, f"{BEFORE}-12") - accumulated_by(c, f"{BEFORE - 1}-12") for c in old)
    books.post(DAY, "计提折旧", ("500104", taken), ("1602", -taken))
    books.post(DAY, "存款利息", ("1002", INTEREST), ("4604", -INTEREST))
    books.post(DAY, "存款利息", ("800102", INTEREST), ("6602", -INTEREST))
    books.post(DAY, "收校服费", ("1002", UNIFORMS), ("23070102", -UNIFORMS))
    books.post(DAY, "付校服费", ("23070102", PAID_OUT), ("1002", -PAID_OUT))
    books.post(DAY, "代垫食堂水费", ("121801", ADVANCED), ("1002", -ADVANCED))
    books.post(DAY, "收回代垫食堂水费", ("1002", GOT_BACK), ("121801", -GOT_BACK))
    close_books(books, DAY)
    moved = {line.code for voucher in books.vouchers for line in voucher.lines}
    for code in sorted(moved | set(year.books.opening)):
        net = sum(line.amount for voucher in books.vouchers for line in voucher.lines if line.code == code)
        books.opening[code] = year.books.opening.get(code, 0) - net
    return books


def _spend(year: School, books: Books, goods: int) -> None:
    cost = {"301": "500101", "302": "500102", "303": "500103", "310": "160104"}
    for line in year.budget:
        if not line.last_year:
            continue
        income, budget = ("400102", "600102") if line.project else ("400101", "600101")
        kind = "720102" if line.project else "72010101" if line.code[:3] in {"301", "303"} else "72010102"
        stored = goods if line.code == "30201" else 0
        books.post(DAY, f"{line.name}（全年）", (cost[line.code[:3]], line.last_year - stored), ("1302", stored), (income, -line.last_year))
        books.post(DAY, f"{line.name}（全年）", (kind, line.last_year), (budget, -line.last_year))


def _debts(year: School) -> list[Debt]:
    """Give 往来款 at the end of the year before: what this year opens with."""
    more = {"校服费": (UNIFORMS, PAID_OUT), "代垫水费": (ADVANCED, GOT_BACK)}
    made = []
    for debt in year.debts:
        if not debt.opening:
            continue
        up, down = more.get(debt.reason, (debt.opening, 0))
        day = debt.day if debt.day.year < YEAR else date(BEFORE, 12, 20)
        made.append(Debt(debt.kind, debt.party, debt.reason, day, debt.opening - up + down, up, down))
    assert any(each.balance == WATER_BEFORE for each in made)
    return made
