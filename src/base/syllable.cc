// The phonotactics of Vietnamese as lists: 27 initials, the rimes without tone, and the rule that
// rimes closed by c, ch, p, t carry sắc or nặng only.
#include "base/syllable.h"

#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"

namespace khien {
namespace {

constexpr std::u32string_view kToned =
    U"aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ";

constexpr std::array<std::u32string_view, 28> kInitials = {
    U"ngh", U"ng", U"nh", U"ch", U"gh", U"gi", U"kh", U"ph", U"qu", U"th", U"tr", U"b", U"c", U"d",
    U"đ", U"g", U"h", U"k", U"l", U"m", U"n", U"p", U"r", U"s", U"t", U"v", U"x", U""};

constexpr std::string_view kRimes =
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em "
    "en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp "
    "iêt iêu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen "
    "oeo oet oi om on ong oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un "
    "ung up ut uy uya uych uynh uyt uyu uyên uyêt uôc uôi uôm uôn uông uôt uân uâng uât uây uê "
    "uêch uênh uơ ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu "
    "ych ynh yt";

// The commonest syllables with marks in names of people and agencies and in headings of tables.
constexpr std::string_view kCommon =
    "họ tên ngày sinh số hiệu phòng chức vụ thư điện tử thoại trạng thái tài khoản đăng nhập cuối "
    "đổi mật khẩu đơn vị cán bộ vai trò quyền tình từ nghỉ việc hưu thôi chuyển công tác đang hoạt "
    "động khóa khoá người dùng sử dụng hệ thống quản trị lý giám đốc trưởng phó viên chuyên văn "
    "nguyễn trần lê phạm huỳnh hoàng vũ võ đặng bùi đỗ hồ ngô dương đào đoàn trịnh lâm hà lương "
    "thị hữu đức đình quốc ngọc thành tuấn dũng hùng hải hương hằng hạnh hiền hiếu hòa hoà huệ "
    "hường kiên liên loan lộc mỹ nguyệt nhung oanh phúc phương phượng quân quý quỳnh sơn tâm tân "
    "thắng thảo thủy thuỷ thúy thuý tiến toàn trí trọng trúc trường tuyết tùng tú việt vĩnh xuân "
    "yến ánh bảo bình bích châu chí cường cúc diễm diệu duyên gấm giàng hậu học kế kỳ kiều lệ mạnh "
    "một mới mã chính hành tổng hợp nghiệp thông tin tỉnh huyện xã phường thanh tra kế hoạch sở "
    "uỷ ủy ban nhân dân gần nhất lần cấp tạo chưa đã và của các được có không là ở tại theo cơ "
    "quan địa chỉ ghi chú nhóm loại di tính đến năm tháng cộng hòa hội chủ nghĩa độc lập tự do nội "
    "bộ phận mạng nhiệm trách nhân yêu cầu thực hiện kiểm dân tộc giáo dục tạo y tế xây dựng luật "
    "trường môi tỷ lớn nhỏ ngô tô tạ mai lại thái đinh chu cao la quang trung đạt hưng long khánh "
    "lợi lực luân nghĩa nhật như phước sáng tấn thạch thiện thịnh thuận tín toản triệu vượng vương "
    "ích ân ái ân đông đại đô đồng";

struct Tables {
  std::unordered_map<char32_t, std::pair<char32_t, int>> untoned;
  std::unordered_set<std::u32string> rimes, common;

  Tables() {
    for (std::size_t i = 0; i < kToned.size(); ++i) {
      untoned[kToned[i]] = {kToned[i - i % 6], static_cast<int>(i % 6)};
    }
    add(kRimes, rimes);
    add(kCommon, common);
  }
  static void add(std::string_view words, std::unordered_set<std::u32string>& out) {
    while (!words.empty()) {
      const std::size_t end = std::min(words.find(' '), words.size());
      if (end > 0) out.insert(to_u32(words.substr(0, end)));
      words.remove_prefix(std::min(end + 1, words.size()));
    }
  }
};

const Tables& tables() {
  static const Tables made;
  return made;
}

bool is_upper_case(char32_t c) { return lower(c) != c; }

// All lower, all upper, or the first letter alone upper.
bool case_fits(std::u32string_view word) {
  bool all = true;
  bool rest = false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    all = all && is_upper_case(word[i]);
    rest = rest || (i > 0 && is_upper_case(word[i]));
  }
  return all || !rest;
}

bool is_typographic(char32_t c) {
  return (c >= 0x2010 && c <= 0x2026) || c == 0xA0 || c == 0x20AC || c == 0xFEFF || c == 0x200B ||
         c == 0x2028 || c == 0x2122;
}

int word_score(std::u32string_view word) {
  if (!case_fits(word)) return -3;
  std::u32string folded(word);
  for (char32_t& c : folded) c = lower(c);
  if (tables().common.contains(folded)) return 3;
  return is_syllable(folded) ? 1 : -3;
}

}  // namespace

bool is_syllable(std::u32string_view text) {
  const Tables& t = tables();
  int tone = 0;
  std::u32string bare;
  for (const char32_t c : text) {
    const auto at = t.untoned.find(c);
    if (at == t.untoned.end()) {
      bare += c;
      continue;
    }
    if (at->second.second != 0 && tone != 0) return false;
    tone += at->second.second;
    bare += at->second.first;
  }
  const char32_t last = bare.empty() ? U' ' : bare.back();
  const bool ch = bare.size() > 1 && last == U'h' && bare[bare.size() - 2] == U'c';
  const bool stopped = last == U'c' || last == U'p' || last == U't' || ch;
  if (stopped && tone != 2 && tone != 5) return false;
  for (const std::u32string_view initial : kInitials) {
    if (bare.starts_with(initial) && t.rimes.contains(bare.substr(initial.size()))) return true;
  }
  return false;
}

int vietnamese_score(std::u32string_view text) {
  int out = 0;
  for (std::size_t i = 0; i < text.size();) {
    bool beyond = false;
    const std::size_t begin = i;
    for (; i < text.size(); ++i) {
      const char32_t c = text[i];
      const bool ascii_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!ascii_letter && (c < 0x80 || is_typographic(c))) break;
      beyond = beyond || c >= 0x80;
    }
    if (beyond) out += word_score(text.substr(begin, i - begin));
    if (i == begin) ++i;
  }
  return out;
}

}  // namespace khien
