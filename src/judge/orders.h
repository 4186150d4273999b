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
  bool enterprise = false;
};

class AddresseeRules {
 public:
  [[nodiscard]] static Result<AddresseeRules> load(const Content& content);
  // An empty actor addresses all recipients.
  [[nodiscard]] bool addressed(const std::string& actor, const Addressee& agency) const;

 private:
  std::vector<std::string> enterprise_;
  std::vector<std::string> specific_;
  std::vector<std::string> generic_;
};

void add_order(const Order& order, const AddresseeRules& rules, const Addressee& agency,
               Assessment& assessment);

}  // namespace khien
