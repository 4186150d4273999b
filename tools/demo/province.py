"""An invented province: its agencies, and what each has in its folder on a day. All from seeds: the
same day gives the same files. Names, numbers and addresses belong to nobody."""
import csv
import datetime
import io
import os
import random

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
PLAIN = str.maketrans("áàảãạăâấầậđéèêếệíìịóòôơốộờợúùưừữựýỳảễốạứườ", "aaaaaaaaaadeeeeeiiioooooooouuuuuuyyaeoauuo")


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
        login = name.split()[-1].lower().translate(PLAIN) + f".{n + 1}"
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
        locked = p["left"] and not late
        rows.append([n + 1, p["id"], p["name"], p["login"], f"{p['login']}@{agency['domain']}",
                     "Đã khóa" if locked else "Hoạt động", "01/07/2025", vn(changed),
                     "Không" if late else "Có"])
    return rows


def staff_rows(agency):
    rows = [["STT", "Mã cán bộ", "Họ và tên", "Chức vụ", "Thư điện tử", "Tình trạng"]]
    for n, p in enumerate(people(agency)):
        rows.append([n + 1, p["id"], p["name"], "Chuyên viên" if n else "Lãnh đạo",
                     f"{p['login']}@{agency['domain']}",
                     "Nghỉ việc" if p["left"] else "Đang công tác"])
    return rows


def registers(agency, day, good):
    """Name of the register -> rows; one that is not kept is not there."""
    chance = random.Random("registers " + agency["code"])
    lead = agency["contact"]
    out = {}
    if good > chance.random():
        out["assignments"] = [["Vai trò", "Họ và tên", "Chức vụ", "Phạm vi", "Quyết định", "Ngày quyết định"],
                              ["Lãnh đạo phụ trách", lead, "Lãnh đạo", "Toàn cơ quan", "10/QĐ",
                               vn(day - datetime.timedelta(days=200))]]
    if good > chance.random():
        out["support_contacts"] = [["Đơn vị đầu mối", "Dùng khi", "Người liên hệ", "Điện thoại",
                                    "Ngày liên lạc thử gần nhất"],
                                   ["Trung tâm Công nghệ thông tin Mẫu", "Hỗ trợ kỹ thuật", "Đặng Thị Mẫu",
                                    "0900.000.789", vn(day - datetime.timedelta(days=20))]]
    if good > chance.random():
        out["awareness"] = [["Loại", "Nội dung", "Ngày", "Đối tượng",
                             "Số người (đơn vị) phải dự, nhận", "Số người (đơn vị) ký, xác nhận"],
                            ["Phổ biến và tập huấn", "Quy định về tài khoản, mật khẩu, thư công vụ",
                             vn(day - datetime.timedelta(days=30)), "Toàn thể cán bộ",
                             agency["staff"], int(agency["staff"] * (0.6 + 0.4 * good))]]
    return out


def write_office(folder, agency, day, progress):
    """The folder of an agency on a day; `progress` 0..1 is how far the year is."""
    good = min(1.0, 0.15 + 0.55 * agency["care"] + 0.5 * agency["pace"] * progress)
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
    for name, rows in registers(agency, day, good).items():
        with open(os.path.join(folder, name + ".csv"), "wb") as out:
            out.write(list_of(rows))
        lines.append(f"  - {{type: register, name: {name}, path: {name}.csv}}")
    with open(os.path.join(folder, "agency.yaml"), "w", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")
    return os.path.join(folder, "agency.yaml")
