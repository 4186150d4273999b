// Three small tables, one a place: the same Vietnamese word means another field in each.
#include "collect/source/names.h"

#include <algorithm>
#include <span>

#include "base/errors.h"
#include "base/near.h"
#include "base/text.h"
#include "collect/source/errors.h"

namespace khien {
namespace {

struct Name {
  const char* known;
  const char* vi;
};

constexpr Name kAgency[] = {
    {"name", "tên"}, {"parent", "cơ quan chủ quản"}, {"place", "địa danh"},
    {"symbol", "ký hiệu"}, {"aliases", "tên gọi khác"}, {"actor", "nhóm nơi nhận"},
    {"enterprise", "doanh nghiệp"}, {"machines", "số máy tính"}, {"applications", "ứng dụng"},
    {"facts_max_age", "hạn số liệu"}, {"signer", "người ký"}, {"officer", "cán bộ phụ trách"},
    {"sample", "dữ liệu mẫu"}, {"domains", "tên miền"}, {"sources", "nguồn số liệu"},
};
constexpr Name kPerson[] = {
    {"name", "họ tên"}, {"title", "chức vụ"}, {"phone", "điện thoại"}, {"mail", "thư"},
};
constexpr Name kSource[] = {
    {"type", "loại"}, {"path", "tệp"}, {"path", "thư mục"}, {"path", "đường dẫn"},
    {"name", "tên"}, {"sheet", "trang tính"}, {"columns", "cột"}, {"app", "ứng dụng"},
    {"agency", "cơ quan"}, {"scope", "phạm vi"}, {"host", "máy"},
    {"budget_seconds", "số giây"}, {"second_place", "nơi giữ bản sao"}, {"offline", "tách mạng"},
    {"url", "địa chỉ"}, {"base", "gốc tìm"}, {"bind", "tài khoản đọc"},
    {"password_file", "tệp mật khẩu"}, {"ca", "chứng thư gốc"}, {"insecure", "không mã hóa"},
    {"domain", "tên miền"}, {"selectors", "bộ chọn DKIM"}, {"resolver", "máy chủ tên miền"},
    {"smtp_port", "cổng thư"}, {"allow_private", "cho địa chỉ nội bộ"}, {"pages", "số trang"},
    {"delay_ms", "giãn cách"}, {"trusted", "trang tin cậy"}, {"words", "tệp từ"},
    {"target", "đích"}, {"count", "số lần"}, {"rules", "tệp luật"},
    {"faults_known_to_admin", "lỗi quản trị đã biết"},
};
constexpr Name kTypes[] = {
    {"host", "máy này"}, {"staff", "cán bộ"}, {"accounts", "tài khoản"},
    {"directory", "dịch vụ thư mục"}, {"password_rules", "quy tắc mật khẩu"},
    {"external_list", "địa chỉ bên ngoài"}, {"join_decisions", "quyết định ghép"},
    {"login_log", "nhật ký đăng nhập"}, {"browser_stores", "kho trình duyệt"},
    {"password_stores", "kho mật khẩu"}, {"word_list", "danh sách từ"},
    {"leaked_list", "mật khẩu đã lộ"}, {"password_policy", "chính sách mật khẩu"},
    {"facts", "máy khác"}, {"systeminfo", "thông tin Windows"}, {"hotfix", "bản vá Windows"},
    {"msrc", "lỗ hổng Microsoft"}, {"kev", "lỗ hổng bị khai thác"}, {"scan_log", "nhật ký quét"},
    {"malware_scan", "quét mã độc"}, {"mail_domain", "tên miền thư"}, {"mailbox", "hộp thư"},
    {"portal", "cổng thông tin"}, {"line", "đường truyền"}, {"logs", "nhật ký"},
    {"backups", "sao lưu"}, {"signed_documents", "văn bản ký số"}, {"register", "sổ theo dõi"},
    {"attestations", "xác nhận"},
};
constexpr Name kScopes[] = {
    {"application", "ứng dụng"}, {"directory", "thư mục"}, {"host", "máy"},
    {"full", "toàn bộ"}, {"quick", "nhanh"}, {"folder", "một thư mục"},
};
constexpr Name kAttestation[] = {
    {"attestations", "xác nhận"}, {"kind", "loại nhiệm vụ"}, {"subject", "đối tượng"},
    {"statement", "nội dung"}, {"signed_by", "người ký"}, {"title", "chức vụ"},
    {"signed_on", "ngày ký"}, {"valid_until", "có giá trị đến"}, {"file", "tài liệu"},
};

// "Cơ quan chủ quản", "co_quan_chu_quan" -> "co-quan-chu-quan".
std::string key_of(std::string_view written) {
  std::string out = skeleton(squeeze(written));
  std::replace(out.begin(), out.end(), ' ', '-');
  std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

std::string known_name(std::span<const Name> names, const std::string& written) {
  for (const Name& name : names) {
    if (written == name.known) return written;
  }
  const std::string key = key_of(written);
  for (const Name& name : names) {
    if (key_of(name.vi) == key) return name.known;
  }
  return written;
}

std::string vi_of(std::span<const Name> names, std::string_view known) {
  for (const Name& name : names) {
    if (known == name.known) return name.vi;
  }
  return std::string(known);
}

Node at(Node made, const Node& from) {
  made.set_line(from.line());
  return made;
}

Node text_at(std::string text, const Node& from) { return at(Node(std::move(text)), from); }

// "có" and "không" are what true and false are called; "30 ngày" is P30D.
Node plain_value(const std::string& field, const Node& value) {
  if (value.type() != Node::Type::text) return value;
  if (field == "facts_max_age") {
    const std::string key = key_of(value.text());
    const std::size_t unit = key.find('-');
    static constexpr std::pair<const char*, char> kUnits[] = {
        {"-ngay", 'D'}, {"-thang", 'M'}, {"-nam", 'Y'}};
    for (const auto& [word, letter] : kUnits) {
      if (unit != key.npos && key.substr(unit) == word) {
        return text_at("P" + key.substr(0, unit) + letter, value);
      }
    }
  }
  static constexpr std::string_view kFlags[] = {"enterprise", "sample", "offline", "insecure",
                                                "allow_private", "faults_known_to_admin"};
  if (std::find(std::begin(kFlags), std::end(kFlags), field) == std::end(kFlags)) return value;
  const std::string key = key_of(value.text());
  if (key == "co") return at(Node(true), value);
  if (key == "khong") return at(Node(false), value);
  return value;
}

// A name written twice, in both languages, stays twice: the second as it was written, so that
// whoever checks the fields refuses it with its line.
Node renamed(const Node& map, std::span<const Name> names) {
  if (!map.is_map()) return map;
  std::vector<Node::Pair> pairs;
  for (const auto& [key, value] : map.pairs()) {
    std::string name = known_name(names, key);
    const bool twice = std::any_of(pairs.begin(), pairs.end(),
                                   [&](const Node::Pair& p) { return p.first == name; });
    if (twice) name = key + " ";
    pairs.emplace_back(name, plain_value(name, value));
  }
  return at(Node::map(std::move(pairs)), map);
}

Node source_in_known_names(const Node& source) {
  Node out = renamed(source, kSource);
  if (const Node& type = out["type"]; type.is_scalar()) {
    out.set("type", text_at(known_name(kTypes, type.text()), type));
  }
  if (const Node& scope = out["scope"]; scope.is_scalar()) {
    out.set("scope", text_at(known_name(kScopes, scope.text()), scope));
  }
  return out;
}

template <class Change>
Node each(const Node& list, Change change) {
  if (!list.is_list()) return list;
  std::vector<Node> items;
  for (const Node& item : list.items()) items.push_back(change(item));
  return at(Node::list(std::move(items)), list);
}

}  // namespace

Node agency_in_known_names(const Node& root) {
  Node out = renamed(root, kAgency);
  for (const char* person : {"signer", "officer"}) {
    if (out.has(person)) out.set(person, renamed(out[person], kPerson));
  }
  if (out.has("sources")) out.set("sources", each(out["sources"], source_in_known_names));
  return out;
}

Node attestations_in_known_names(const Node& root) {
  Node out = renamed(root, kAttestation);
  if (out.has("attestations")) {
    out.set("attestations", each(out["attestations"], [](const Node& one) {
              return renamed(one, kAttestation);
            }));
  }
  return out;
}

std::string vietnamese_name(std::string_view known) {
  for (const std::span<const Name> names :
       {std::span<const Name>(kAgency), std::span<const Name>(kSource),
        std::span<const Name>(kPerson), std::span<const Name>(kAttestation)}) {
    const std::string vi = vi_of(names, known);
    if (vi != known) return vi;
  }
  return std::string(known);
}

std::string vietnamese_type(std::string_view known) { return vi_of(kTypes, known); }

namespace {
// A Vietnamese slip of the keys: the field of those allowed whose Vietnamese name is near.
void find_near(Error& error) {
  const std::string written = key_of(error.args["field"]);
  std::vector<std::string> known;
  std::vector<std::string> keys;
  for (std::string_view rest = error.args["allowed"]; !rest.empty();) {
    const std::size_t end = std::min(rest.find(", "), rest.size());
    known.emplace_back(rest.substr(0, end));
    keys.push_back(key_of(vietnamese_name(known.back())));
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
  const auto at = std::find(keys.begin(), keys.end(), nearest(written, keys));
  if (at != keys.end()) error.args["near"] = known[static_cast<std::size_t>(at - keys.begin())];
}
}  // namespace

Error with_both_names(Error error) {
  if (error.code == err::field_unknown && error.args["near"] == "none") find_near(error);
  const auto field = error.args.find("field");
  const bool types = error.code == err::source_type_near ||
                     (field != error.args.end() && field->second == "type");
  const auto both = [&](std::string_view known, bool type) {
    const std::string vi = type ? vietnamese_type(known) : vietnamese_name(known);
    return vi == known ? vi : vi + " (" + std::string(known) + ")";
  };
  for (const char* arg : {"field", "allowed", "near"}) {
    const auto at = error.args.find(arg);
    if (at == error.args.end() || at->second == "none") continue;
    if (error.code == err::field_unknown && std::string_view(arg) == "field") continue;
    std::string out;
    std::string_view rest = at->second;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(", "), rest.size());
      const bool type = types && std::string_view(arg) != "field";
      out += (out.empty() ? "" : ", ") + both(rest.substr(0, end), type);
      rest.remove_prefix(std::min(end + 2, rest.size()));
    }
    error.args[std::string(arg) + "_vi"] = out;
  }
  return error;
}

}  // namespace khien
