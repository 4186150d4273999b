"""An invented province: its agencies, and what each has in its folder on a day. All from seeds: the
same day gives the same files. Names, numbers and addresses belong to nobody."""
import csv
import datetime
import io
import os
import random
import unicodedata

PROVINCE = "UBND tỉnh Mẫu"
HEADINGS = ["Mã", "Tên cơ quan, đơn vị", "Loại", "Mã cấp trên", "Hiệu lực từ", "Hiệu lực đến",
            "Thay bằng", "Người liên hệ", "Điện thoại trực", "Thư"]
DEPARTMENTS = ["Nội vụ", "Tài chính", "Tư pháp", "Xây dựng", "Y tế", "Giáo dục và Đào tạo",
               "Công Thương", "Nông nghiệp và Môi trường", "Khoa học và Công nghệ",
               "Văn hóa, Thể thao và Du lịch", "Dân tộc và Tôn giáo", "Ngoại vụ"]
PLACES = ["An", "Bình", "Cát", "Duyên", "Đông", "Gia", "Hải", "Hòa", "Khánh", "Lạc", "Lâm", "Long",
          "Minh", "Nam", "Ngọc", "Phong", "Phú", "Quang", "Sơn", "Tân", "Thanh", "Thịnh", "Trung",
          "Vân", "Vĩnh", "Xuân"]
FAMILY = ["Lý", "Trịnh", "Đặng", "Hồ", "Phùng", "Cao", "Tạ", "Đinh", "Mạc", "Quách"]
MIDDLE = ["Thị", "Văn", "Hữu", "Ngọc", "Minh", "Thanh"]
GIVEN = ["An", "Bích", "Châu", "Dung", "Giang", "Hạnh", "Khôi", "Lan", "Mai", "Nam", "Oanh", "Phúc",
         "Quân", "Sen", "Thảo", "Uyên", "Việt", "Xuân", "Yến", "Đạt"]


def plain(word):
    apart = unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in apart if not unicodedata.combining(c))


def person(chance):
    return f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}"


def agencies():
    """Forty: departments, communes, two units that serve all."""
    out = [{"code": f"H99.{n + 1:02}", "name": f"Sở {name}", "kind": "Sở"}
           for n, name in enumerate(DEPARTMENTS)]
    for n, place in enumerate(PLACES):
        kind = "phường" if n % 5 == 0 else "xã"
        out.append({"code": f"H99.{n + 21}", "name": f"UBND {kind} Mẫu {place}",
                    "kind": f"UBND {kind}"})
    out.append({"code": "H99.81", "name": "Thanh tra tỉnh Mẫu", "kind": "Ban, ngành"})
    out.append({"code": "H99.82", "name": "Văn phòng UBND tỉnh Mẫu", "kind": "Văn phòng"})
    for n, agency in enumerate(out):
        chance = random.Random(f"agency {n}")
        agency["contact"] = person(chance)
        agency["phone"] = f"0900.000.{100 + n}"
        agency["mail"] = f"attt@coquan{n + 1}.tinhmau.test"
        agency["domain"] = f"coquan{n + 1}.tinhmau.test"
        agency["care"] = chance.random()     # how well it keeps its house
        agency["pace"] = chance.random()     # how fast it gets better
        agency["staff"] = chance.randrange(12, 60)
    return out


def list_of(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def agency_list():
    return list_of([HEADINGS] + [[a["code"], a["name"], a["kind"], "", "01/07/2025", "", "",
                                  a["contact"], a["phone"], a["mail"]] for a in agencies()])


def vn(day):
    return day.strftime("%d/%m/%Y")


def people(agency):
    chance = random.Random("people " + agency["code"])
    seen, out = set(), []
    for n in range(agency["staff"]):
        name = person(chance)
        login = plain(name.split()[-1]).lower() + f".{n + 1}"
        if login not in seen:
            seen.add(login)
            out.append({"id": f"CB{n + 1:03}", "name": name, "login": login,
                        "left": chance.random() < 0.08, "keeps": chance.random()})
    return out


def account_rows(agency, day, good, app):
    chance = random.Random(f"{agency['code']} {app}")
    rows = [["STT", "Mã cán bộ", "Họ và tên", "Tên đăng nhập", "Địa chỉ thư điện tử", "Trạng thái",
             "Ngày cấp", "Ngày đổi mật khẩu gần nhất", "Xác thực 2 lớp"]]
    for n, p in enumerate(people(agency)):
        late = p["keeps"] > good
        changed = day - datetime.timedelta(days=chance.randrange(5, 85) + (120 if late else 0))
        if p["left"] and not late:
            continue  # taken away, as it should be
        rows.append([n + 1, p["id"], p["name"], p["login"], f"{p['login']}@{agency['domain']}",
                     "Hoạt động", "01/07/2025", vn(changed), "Không" if late else "Có"])
    return rows


def staff_rows(agency):
    rows = [["STT", "Mã cán bộ", "Họ và tên", "Chức vụ", "Thư điện tử", "Tình trạng"]]
    for n, p in enumerate(people(agency)):
        rows.append([n + 1, p["id"], p["name"], "Chuyên viên" if n else "Lãnh đạo",
                     f"{p['login']}@{agency['domain']}",
                     "Nghỉ việc" if p["left"] else "Đang công tác"])
    return rows


def assignment_rows(agency, day):
    made = vn(day - datetime.timedelta(days=200))
    chance = random.Random("assigned " + agency["code"])
    rows = [["Vai trò", "Họ và tên", "Chức vụ", "Phạm vi", "Quyết định", "Ngày quyết định"]]
    for role in ("Lãnh đạo phụ trách", "Cán bộ phụ trách", "Quản trị hệ thống"):
        rows.append([role, person(chance), "", "Toàn cơ quan", "10/QĐ", made])
    return rows


def order_rows(agency, day, good, papers):
    """What became of each dispatch: reported in time by who keeps his house."""
    rows = [["Số, ký hiệu văn bản", "Ngày văn bản", "Ngày nhận", "Tình hình thực hiện",
             "Ngày kiểm tra việc thực hiện", "Ngày báo cáo kết quả", "Số báo cáo"]]
    for n, (number, issued, due) in enumerate(papers):
        chance = random.Random(f"{agency['code']} {number}")
        received = issued + datetime.timedelta(days=1)
        reported = due - datetime.timedelta(days=chance.randrange(1, 10))
        did = chance.random() < good and reported <= day
        rows.append([number, vn(issued), vn(received), "Đã hoàn thành" if did else "Đang thực hiện",
                     vn(reported) if did else "", vn(reported) if did else "",
                     f"{n + 3}/BC" if did else ""])
    return rows


def registers(agency, day, good, papers):
    """Name of the register -> rows; one that is not kept is not there."""
    chance = random.Random("registers " + agency["code"])
    out = {}
    if good > chance.random():
        out["assignments"] = assignment_rows(agency, day)
    if good > chance.random():
        out["support_contacts"] = [
            ["Đơn vị đầu mối", "Dùng khi", "Người liên hệ", "Điện thoại",
             "Ngày liên lạc thử gần nhất"],
            ["Trung tâm Công nghệ thông tin Mẫu", "Hỗ trợ kỹ thuật", "Đặng Thị Mẫu",
             "0900.000.789", vn(day - datetime.timedelta(days=20))]]
    if good > chance.random():
        signed = agency["staff"] if good > 0.8 else int(agency["staff"] * (0.5 + 0.4 * good))
        out["awareness"] = [
            ["Loại", "Nội dung", "Ngày", "Đối tượng", "Số người (đơn vị) phải dự, nhận",
             "Số người (đơn vị) ký, xác nhận", "Danh sách, văn bản kèm theo"],
            ["Phổ biến và tập huấn", "Quy định về tài khoản, mật khẩu, thư công vụ",
             vn(day - datetime.timedelta(days=30)), "Toàn thể cán bộ", agency["staff"], signed,
             "Danh sách ký nhận"]]
    if good > chance.random() * 0.7:
        out["orders"] = order_rows(agency, day, good, papers)
    if good > chance.random():
        out["backups"] = [
            ["Nội dung sao lưu", "Nơi lưu", "Thời điểm bản mới nhất", "Dung lượng (MB)",
             "Có bản ngoại tuyến", "Nơi lưu thứ hai", "Ngày khôi phục thử gần nhất"],
            ["Cơ sở dữ liệu văn bản", "Máy chủ sao lưu", vn(day) + " 01:00", 4200,
             "Có" if good > 0.6 else "Không", "Trung tâm dữ liệu tỉnh",
             vn(day - datetime.timedelta(days=40))]]
    return out


def goodness(agency, progress):
    """0..1; `progress` 0..1 is how far the year is."""
    return min(1.0, 0.15 + 0.6 * agency["care"] + 0.6 * agency["pace"] * progress)


def write_office(folder, agency, day, progress, papers):
    """The folder of an agency on a day, with what became of `papers` (number, issued, due)."""
    good = goodness(agency, progress)
    os.makedirs(folder, exist_ok=True)
    apps = ["Thư công vụ", "Quản lý văn bản"]
    sources = [("staff", None, "can-bo.csv", staff_rows(agency))]
    for n, app in enumerate(apps):
        if n == 0 or agency["care"] > 0.25 or progress > 0.5:
            sources.append(("accounts", app, f"tai-khoan-{n + 1}.csv",
                            account_rows(agency, day, good, app)))
    lines = [f"name: {agency['name']}", f"parent: {PROVINCE}", "place: Mẫu",
             f"applications: [{', '.join(apps)}]", f"domains: [{agency['domain']}]", "sources:"]
    for type_, app, file, rows in sources:
        with open(os.path.join(folder, file), "wb") as out:
            out.write(list_of(rows))
        lines.append(f"  - {{type: {type_}, path: {file}" + (f", app: {app}" if app else "") + "}")
    for name, rows in registers(agency, day, good, papers).items():
        with open(os.path.join(folder, name + ".csv"), "wb") as out:
            out.write(list_of(rows))
        lines.append(f"  - {{type: register, name: {name}, path: {name}.csv}}")
    with open(os.path.join(folder, "agency.yaml"), "w", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")
    return os.path.join(folder, "agency.yaml")
