// Documents of a few objects and the updates appended to them.
#include "engine/signature/pdf_changes.h"

#include <gtest/gtest.h>

#include "engine/signature/pdf_objects.h"

namespace khien::signature {
namespace {

const std::string kPaper =
    "%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
    "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
    "3 0 obj <</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[6 0 R]>> endobj\n"
    "4 0 obj <</Length 9>> stream\nBT (a) ET\nendstream endobj\n"
    "5 0 obj <</Producer(x)>> endobj\n"
    "6 0 obj <</Subtype/Widget/FT/Tx/T(o)/Rect[0 0 1 1]>> endobj\n";

std::string after(const std::string& update) {
  return name_of(changes_after(kPaper + update, kPaper.size()));
}

const std::string kSignature =
    "7 0 obj <</Type/Sig/Filter/Adobe.PPKLite/ByteRange[0 1 2 3]/Contents<00>>> endobj\n"
    "8 0 obj <</Subtype/Widget/FT/Sig/T(ky)/V 7 0 R/Rect[0 0 0 0]>> endobj\n"
    "1 0 obj <</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[8 0 R]/SigFlags 3>>>> endobj\n";

TEST(PdfChanges, ASignatureWithItsFieldIsNoChangeOfThePaper) {
  EXPECT_EQ(after(""), "none");
  EXPECT_EQ(after("\r\n"), "none");
  EXPECT_EQ(after(kSignature), "signing");
  EXPECT_EQ(after(kSignature + "3 0 obj <</Type/Page/Parent 2 0 R/Contents 4 0 R"
                               "/Annots[6 0 R 8 0 R]>> endobj\nxref\ntrailer<<>>\n%%EOF\n"),
            "signing");
}

TEST(PdfChanges, EvidenceAndDatesAreLessThanASignature) {
  EXPECT_EQ(after("9 0 obj <</Type/DSS/Certs[10 0 R]>> endobj 10 0 obj <<>> stream\nx\nendstream "
                  "endobj 1 0 obj <</Type/Catalog/Pages 2 0 R/DSS 9 0 R>> endobj"), "evidence");
  EXPECT_EQ(after("5 0 obj <</Producer(y)/ModDate(D:20260101)>> endobj"), "evidence");
  EXPECT_EQ(after("4 0 obj <</Length 9>>  stream\nBT (a) ET\nendstream endobj"), "none");
}

TEST(PdfChanges, FieldsFilledInAndNotesAreToldFromPagesChanged) {
  EXPECT_EQ(after("6 0 obj <</Subtype/Widget/FT/Tx/T(o)/V(co)/Rect[0 0 1 1]>> endobj"), "form");
  EXPECT_EQ(after("9 0 obj <</Subtype/FreeText/Contents(x)/Rect[0 0 9 9]>> endobj 3 0 obj "
                  "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[6 0 R 9 0 R]>> endobj"),
            "notes");
  for (const char* changed :
       {"4 0 obj <</Length 9>> stream\nBT (b) ET\nendstream endobj",
        "3 0 obj <</Type/Page/Parent 2 0 R/Contents 9 0 R/Annots[6 0 R]>> endobj",
        "3 0 obj <</Type/Page/Parent 2 0 R/Contents 4 0 R>> endobj",
        "2 0 obj <</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>> endobj",
        "1 0 obj <</Type/Catalog/Pages 9 0 R>> endobj",
        "1 0 obj <</Type/Catalog/Pages 2 0 R/OpenAction 9 0 R>> endobj",
        "6 0 obj <</Subtype/Widget/FT/Tx/T(o)/Rect[0 0 9 9]>> endobj"}) {
    EXPECT_EQ(after(changed), "changed") << changed;
  }
}

TEST(PdfChanges, WhatCannotBeMadeOutIsUnknown) {
  EXPECT_EQ(after("so many words"), "unknown");
  EXPECT_EQ(after("9 0 obj <</Type/Sig"), "unknown");
  EXPECT_EQ(
      after("9 0 obj <</Type/ObjStm/N 1/First 4/Filter/LZWDecode>> stream\nx\nendstream endobj"),
      "unknown");
}

TEST(PdfChanges, ObjectsInPackedStreamsCount) {
  const std::string packed = "9 0 obj <</Type/ObjStm/N 1/First 4>> stream\n4 0 (not the text)"
                             "\nendstream endobj";
  EXPECT_EQ(after(packed), "changed");
}

TEST(PdfObjects, DictionariesAreReadToTheirOwnEnd) {
  const Dict d = dict_of("<< /A [1 0 R <</B 2>>] /C(a\\)b(c)) /D/E /F 3 0 R /G<41 42> /H true >>");
  EXPECT_EQ(d.at("/A"), "[1 0 R<</B 2>>]");
  EXPECT_EQ(d.at("/C"), "(a\\)b(c))");
  EXPECT_EQ(d.at("/D"), "/E");
  EXPECT_EQ(d.at("/F"), "3 0 R");
  EXPECT_EQ(d.at("/H"), "true");
  EXPECT_EQ(references(d.at("/A")), std::vector<int>{1});
  for (const char* broken :
       {"", "<<", "<</A", "<</A<<", "<</A[", "<</A(", "<< 1 2 >>", "[1 0 R]"}) {
    EXPECT_LE(dict_of(broken).size(), 1U) << broken;
  }
}

}  // namespace
}  // namespace khien::signature
