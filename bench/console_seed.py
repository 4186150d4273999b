#!/usr/bin/env python3
"""A province in a hub's database: 1,200 agencies, 60 dispatches issued to each, one result of each, and a
result of the centre's own with a million findings.   bench/console_seed.py HUB.DB"""
import sqlite3
import sys

AGENCIES, DISPATCHES, FINDINGS = 1200, 60, 1_000_000

db = sqlite3.connect(sys.argv[1])
db.execute("pragma synchronous = off")
root = db.execute("select id from agency where parent_id is null").fetchone()[0]


def add(table, **row):
    marks = ",".join("?" * len(row))
    return db.execute(f"insert into {table}({','.join(row)}) values({marks})", list(row.values())).lastrowid


def dispatch(agency, n, origin=None):
    return add("dispatch", agency_id=agency, file_name="a.docx", sha256="x", bytes=1, number=f"{n}/UBND-KGVX",
               state="confirmed" if origin else "issued", subject=f"V/v bảo đảm an toàn thông tin đợt {n}",
               issuer="UBND tỉnh", issued_on="2026-01-05", due_on=f"2026-{n % 12 + 1:02}-15", created_at=1,
               origin_id=origin, paper_id=origin)


def result(agency, rows, findings=0):
    made = add("assessment", agency_id=agency, made_at=1_796_000_000_000, as_of="2026-11-30", sha256=f"r{agency}",
               dispatches=len(rows), coverage='{"machines":{"seen":1,"total":1},"sources":[]}', met=8, not_met=2)
    for n, row in enumerate(rows):
        add("assessed_dispatch", assessment_id=made, position=n, dispatch_id=row, number=f"{n}/UBND-KGVX",
            subject="x", met=8, not_met=(row + n) % 3)
    db.executemany(
        "insert into finding(assessment_id, measure, control, subject, observed, result, reason, severity, fact,"
        " words) values(?, 1, ?, ?, 'đang đặt 8, cần 12', ?, '', 'medium', 0, ?)",
        ((made, f"account.c{i % 40}", f"PC-{i}", "fail" if i % 7 == 0 else "pass", f"pc-{i}") for i in range(findings)))


papers = [dispatch(root, n) for n in range(DISPATCHES)]
for i in range(AGENCIES):
    at = add("agency", code=f"H99.{i}", name=f"Cơ quan {i}", kind=("Sở", "UBND xã", "Phòng")[i % 3], parent_id=root)
    received = [dispatch(at, n, paper) for n, paper in enumerate(papers)]
    for paper, row in zip(papers, received):
        add("issue", dispatch_id=paper, agency_id=at, received_id=row, issued_at=1, issued_by="An")
    result(at, received)
result(root, papers, FINDINGS)
db.commit()
