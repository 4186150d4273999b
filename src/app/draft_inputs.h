// What the outgoing papers are made from: the order as records, the sender of agency.yaml, units,
// people and shifts. Tables are read in workers.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/context.h"
#include "collect/agency.h"
#include "format/table/table.h"
#include "report/draft.h"
#include "store/order.h"

namespace khien::app {

struct DraftOptions {
  std::filesystem::path dispatch;
  std::string programme;
  std::filesystem::path agency;
  std::filesystem::path out;
  std::filesystem::path pdf;
  std::filesystem::path form;     // the agency's own DOCX
  std::filesystem::path units;    // CSV or XLSX: Đơn vị, Tình trạng, Hạn
  std::vector<std::string> to;    // units by name
  std::string due;                // YYYY-MM-DD
  std::string as_of;              // YYYY-MM-DD; today when empty
  std::string from, until;        // roster: YYYY-MM-DD
  std::vector<std::string> shifts;  // roster: "6-14"
  int times = 1;                  // urge
  bool all = false;               // cascade: what is ordered of others too
};

struct DraftOrder {
  Order order;                    // as read; empty without an order
  report::Ordered records;
};

[[nodiscard]] Result<Agency> draft_agency(const DraftOptions& options);
[[nodiscard]] report::Sender sender_of(const Reader& context, const Agency& agency);
// Without --dispatch and --programme: no order (K0710 when `needed`).
[[nodiscard]] Result<DraftOrder> draft_order(Context& context, const DraftOptions& options,
                                             const Agency& agency, bool needed);
// The table of units (CSV or XLSX) as it stands.
[[nodiscard]] Result<Table> unit_table(Reader& context, const std::filesystem::path& units);
// The staff list (those still working) and duty register that agency.yaml names.
struct DraftPeople {
  std::vector<report::Person> staff;
  std::vector<report::DutyShift> duty;
};
enum class People { staff, duty };
[[nodiscard]] Result<DraftPeople> draft_people(Context& context, const Agency& agency,
                                               People wanted);
// What the drafted paper, read again as an order, asks otherwise than the order; one line each.
[[nodiscard]] Result<std::vector<std::string>> differences(Context& context, const Order& wanted,
                                                           const report::Ordered& records,
                                                           const std::filesystem::path& paper);

}  // namespace khien::app
