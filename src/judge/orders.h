// Orders (store/order.h) become records of the assessment, and it is decided which measures are
// addressed to this agency. What is ordered of somebody else is kept and shown, never counted.
#pragma once

#include <string>
#include <vector>

#include "base/content.h"
#include "store/model.h"
#include "store/order.h"

namespace khien {

struct Addressee {
  std::vector<std::string> names;  // the agency's name and aliases; empty: this machine alone
  std::vector<std::string> roles;  // as what orders address it: "các sở, ban, ngành" (`actor`)
  bool enterprise = false;
};

class AddresseeRules {
 public:
  [[nodiscard]] static Result<AddresseeRules> load(const Content& content);
  // An empty actor addresses all recipients. Else the agency is addressed by its name, by a group
  // its name or its roles belong to, or by words that mean everybody.
  [[nodiscard]] bool addressed(const std::string& actor, const Addressee& agency) const;
  // The same of a whole paper by its recipients: companies alone are somebody else.
  [[nodiscard]] bool only_companies(const std::vector<std::string>& recipients,
                                    const Addressee& agency) const;
  // None of the recipients is the agency, a group it belongs to, or everybody: the paper was sent
  // to others. It is judged all the same, and the reader told; false where none is named.
  [[nodiscard]] bool sent_to_others(const std::vector<std::string>& recipients,
                                    const Addressee& agency) const;
  // The day of the measure's deadlines that is the agency's: the earliest of those it is addressed
  // by; "" when the words give no body a day of its own, or none is meant for it.
  [[nodiscard]] std::string own_day(const Measure& measure, const Addressee& agency) const;
  // A heading that only names whom the clauses below order, or a part: "III. Công an tỉnh",
  // "I. Mục đích, yêu cầu"; an aim or a definition.
  [[nodiscard]] bool is_title(const Order& order, const Measure& measure) const;
  // What is to be told of the order: that a title is of no kind is no news.
  [[nodiscard]] std::vector<Warning> warnings(const Order& order) const;

 private:
  struct Group {
    std::vector<std::string> is;
    std::vector<std::string> called;
  };
  std::vector<std::string> everybody_;
  std::vector<std::string> inside_;
  std::vector<std::string> enterprise_;
  std::vector<std::string> specific_;
  std::vector<Group> groups_;
  std::vector<std::string> toward_;
  std::vector<std::string> headings_;

  [[nodiscard]] bool names_body(const std::string& part) const;
  [[nodiscard]] bool belongs(const Addressee& agency, const Group& group) const;
};

// Warnings (text ids) of a paper that is sent to companies alone, or to other agencies.
inline constexpr const char* kCompaniesOnly = "warning.companies_only";
inline constexpr const char* kSentToOthers = "warning.sent_to_others";

// A title asks nothing: it is left out, or kept, addressed to nobody, where a paper is to repeat
// it above the clauses that stay.
enum class Titles { left_out, kept };
void add_order(const Order& order, const AddresseeRules& rules, const Addressee& agency,
               Assessment& assessment, Titles titles = Titles::left_out);

}  // namespace khien
