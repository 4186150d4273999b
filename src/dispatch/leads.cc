// Leading lines and headings.
#include "dispatch/leads.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"

namespace khien {
namespace {

using Words = std::span<const std::u32string_view>;

bool holds(std::u32string_view folded, Words words) {
  return std::any_of(words.begin(), words.end(), [&](auto w) {
    return find_like(folded, w) != std::u32string_view::npos;
  });
}

constexpr std::array<std::u32string_view, 28> kOrders = {
    U"đề nghị",    U"yêu cầu",   U"khuyến nghị", U"khuyến cáo", U"chỉ đạo",   U"chỉ thị",
    U"kết luận",   U"thực hiện", U"triển khai",  U"làm ",       U"nhiệm vụ",  U"chủ tịch",
    U"bộ trưởng",  U"thủ trưởng", U"giám đốc",   U"trưởng",     U"ý kiến",    U"hướng dẫn",
    U"cần",        U"phải",      U"không được",  U"nghiêm cấm", U"biện pháp", U"giải pháp",
    U"trách nhiệm", U"lưu ý",    U"quán triệt",  U"giao "};
constexpr std::array<std::u32string_view, 6> kWeak = {U"như sau", U"sau đây", U"sau:",
                                                      U"cụ thể",  U"nội dung", U"nhắc lại"};
constexpr std::array<std::u32string_view, 15> kData = {
    U"lỗ hổng",   U"sản phẩm", U"danh sách", U"địa chỉ",  U"hình thức", U"thủ đoạn", U"dấu hiệu",
    U"kết quả",   U"tồn tại",  U"nguyên nhân", U"thông tin", U"thành phần", U"phiên bản",
    U"tên miền",  U"chỉ dấu"};

// The last words before the colon.
std::u32string_view last_words(std::u32string_view folded) {
  std::size_t from = folded.size();
  for (int words = 0; from > 0; --from) {
    if (folded[from - 1] == U' ' && ++words > 7) break;
  }
  return folded.substr(from);
}

}  // namespace

Lead lead_of(std::u32string_view clean, const Paragraph& p) {
  const bool open = !p.marker && !p.footnote && p.end > p.begin && clean[p.end - 1] == U':';
  if (!open) return Lead::none;
  const std::u32string f = fold(cut(clean, p.begin, p.end));
  // the sentence of the colon alone: what is told before it leads to nothing
  const std::size_t stop = f.rfind(U". ");
  const std::u32string_view sentence =
      stop == std::u32string::npos ? std::u32string_view(f) : std::u32string_view(f).substr(stop);
  static constexpr std::array<std::u32string_view, 16> kBodies = {
      U"cơ quan",   U"đơn vị",    U"các ",   U"sở ",    U"ủy ban",   U"ubnd",    U"công an",
      U"phòng ",    U"văn phòng", U"người ", U"cán bộ", U"lãnh đạo", U"đối với", U"bộ phận",
      U"trung tâm", U"tổ "};
  const bool body = f.size() < 120 && std::any_of(kBodies.begin(), kBodies.end(),
                                                  [&](auto w) { return begins(f, w); });
  if (holds(sentence, kOrders) || (body && !holds(f, kData))) return Lead::strong;
  const bool weak = holds(sentence, kWeak) && !holds(last_words(sentence), kData);
  return weak ? Lead::weak : Lead::none;
}

bool is_heading(std::u32string_view clean, std::size_t begin, std::size_t end) {
  const std::u32string_view text = cut(clean, begin, end);
  if (text.empty() || text.size() > 160) return false;
  const char32_t last = text.back();
  return last != U'.' && last != U';' && last != U',' && last != U'/' &&
         text.find(U';') == std::u32string_view::npos;
}

bool is_purpose_heading(std::u32string_view clean, std::size_t begin, std::size_t end) {
  static constexpr std::array<std::u32string_view, 12> kPurposes = {
      U"mục đích",   U"quan điểm",       U"tình hình", U"sự cần thiết", U"đặc điểm",
      U"căn cứ",     U"kết quả đạt",     U"phạm vi",   U"đối tượng áp dụng",
      U"giải thích", U"đánh giá chung",  U"bối cảnh"};
  if (!is_heading(clean, begin, end) || end - begin > 90) return false;
  std::u32string f = fold(cut(clean, begin, end));
  while (!f.empty() && (f.back() == U':' || f.back() == U' ')) f.pop_back();
  if (begins(f, U"yêu cầu") && f.size() <= 12) return true;
  return std::any_of(kPurposes.begin(), kPurposes.end(), [&](auto w) { return begins(f, w); });
}

}  // namespace khien
