"""Twelve dispatches of a year, in the words offices use; invented like the province."""
import datetime

HEAD = """ỦY BAN NHÂN DÂN
TỈNH MẪU

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: {number}/UBND-NC
V/v {subject}

Tỉnh Mẫu, ngày {day:02} tháng {month:02} năm {year}

Kính gửi:
- Các sở, ban, ngành tỉnh;
- UBND các xã, phường.

Để chủ động phòng ngừa, bảo đảm an toàn thông tin mạng, Ủy ban nhân dân tỉnh yêu cầu:

{clauses}

{last}. Các cơ quan, đơn vị báo cáo kết quả thực hiện về Ủy ban nhân dân tỉnh trước ngày {due}.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Hồ Minh Mẫu
"""
ALL = "Các cơ quan, đơn vị"
CLAUSES = [
    ("tăng cường quản lý tài khoản, mật khẩu",
     [f"{ALL} định kỳ 03 tháng thay đổi mật khẩu.",
      f"{ALL} rà soát, xóa tài khoản của người đã nghỉ việc, nghỉ hưu, chuyển công tác."]),
    ("bảo vệ thư điện tử công vụ",
     [f"{ALL} bật xác thực hai lớp đối với thư điện tử công vụ.",
      "Các sở, ban, ngành tỉnh không sử dụng thư điện tử công vụ để đăng ký mạng xã hội."]),
    ("phân công người phụ trách an toàn thông tin",
     [f"{ALL} phân công lãnh đạo phụ trách và cán bộ đầu mối về an toàn thông tin.",
      "UBND các xã, phường cung cấp danh sách đầu mối hỗ trợ kỹ thuật."]),
    ("tuyên truyền, tập huấn kỹ năng an toàn thông tin",
     [f"{ALL} phổ biến đến toàn thể cán bộ, công chức, viên chức quy định về sử dụng tài khoản.",
      "Các sở, ban, ngành tỉnh tổ chức tập huấn kỹ năng an toàn thông tin cho cán bộ."]),
    ("phòng, chống mã độc",
     [f"{ALL} rà quét mã độc toàn bộ máy chủ, máy trạm.",
      f"{ALL} cập nhật kịp thời bản vá hệ điều hành, phần mềm."]),
    ("sao lưu dữ liệu quan trọng",
     [f"{ALL} sao lưu dữ liệu quan trọng theo nguyên tắc 3-2-1."]),
]
SUBJECT_MORE = ["", " trong dịp nghỉ lễ"]


def day_of(n, today):
    """About one a month, the last one three weeks ago."""
    return today - datetime.timedelta(days=21 + 29 * (11 - n))


def papers(today):
    """(file name, text, number, the day it was issued, the day it is due), oldest first."""
    out = []
    for n in range(12):
        subject, clauses = CLAUSES[n % len(CLAUSES)]
        issued = day_of(n, today)
        due = issued + datetime.timedelta(days=45 if n % 3 else 25)
        text = HEAD.format(number=n + 21, subject=subject + SUBJECT_MORE[n // len(CLAUSES)],
                           day=issued.day, month=issued.month, year=issued.year,
                           clauses="\n\n".join(f"{i + 1}. {c}" for i, c in enumerate(clauses)),
                           last=len(clauses) + 1, due=due.strftime("%d/%m/%Y"))
        out.append((f"cong-van-{n + 21}.txt", text, f"{n + 21}/UBND-NC", issued, due))
    return out
