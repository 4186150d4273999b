// Common words of offices are data of no one: what is left names something.
#include "collect/account_folder/names.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

#include "base/text.h"

namespace khien {
namespace {

// Words of file and folder names that name no application and no agency.
const std::set<std::string>& plain_words() {
  static const std::set<std::string> words = {
      "apps", "app", "ung", "dung", "ungdung", "hashes", "hash", "hr", "nhan", "su", "nhansu",
      "lists", "list", "external", "data", "du", "lieu", "export", "exports", "xuat", "linux",
      "servers", "may", "chu", "canbo", "can", "bo", "cb", "ns", "nv", "tccb", "staff", "danh",
      "sach", "danhsach", "ds",
      "cbcc", "ccvc", "tai", "khoan", "taikhoan", "tk", "account", "accounts", "user", "users",
      "nguoi", "nguoidung", "nhanvien", "nhan vien", "get", "aduser", "nguon", "so", "pbkdf2",
      "bcrypt", "argon2", "sha1", "sha256", "sha512", "ssha", "md5", "ntlm", "nt", "lm", "pwdump",
      "ntds", "secretsdump", "shadow", "cac", "phan", "mem", "phanmem", "he", "thong", "hethong",
      "khac", "tong", "hop", "chung", "trich", "ngang", "nghi", "huu", "viec", "chuyen", "cong",
      "tac", "hien", "co", "lam", "dang"};
  return words;
}

}  // namespace

std::vector<std::string> words_of(const std::string& name) {
  std::vector<std::string> out;
  std::string word;
  for (const char c : skeleton(name) + " ") {
    const bool part = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (part) word += c;
    else if (!word.empty()) out.push_back(std::exchange(word, ""));
  }
  return out;
}

std::vector<std::string> telling(const std::string& name) {
  std::vector<std::string> out;
  for (const std::string& word : words_of(name)) {
    const bool number = std::all_of(word.begin(), word.end(), [](unsigned char c) {
      return std::isdigit(c) != 0;
    });
    if (!number && !plain_words().contains(word)) out.push_back(word);
  }
  return out;
}

}  // namespace khien
