#include "sim/schema.h"

namespace ripen::sim {

const std::array<AttributeWords, kAttributeCount>& Attributes() {
  static const std::array<AttributeWords, kAttributeCount> kTable = {{
      {"age_group",
       "altersgruppe",
       "age_group",
       AttributeKind::kCustomer,
       true,
       {{"16-24", "16-24"},
        {"25-34", "25-34"},
        {"35-44", "35-44"},
        {"45-54", "45-54"},
        {"55+", "55+"}}},
      {"sustainability_preference",
       "nachhaltigkeit",
       "sustainability_preference",
       AttributeKind::kCustomer,
       true,
       {{"high", "hoch", .25, 1.05},
        {"medium", "mittel", .45, 1.00},
        {"low", "niedrig", .30, .96}}},
      {"region",
       "region",
       "region",
       AttributeKind::kCustomer,
       true,
       {{"East", "Ost", .22, .97},
        {"North", "Nord", .24, 1.04},
        {"South", "Süd", .26, .98},
        {"West", "West", .28, 1.01}}},
      {"customer_type",
       "kundentyp",
       "customer_type",
       AttributeKind::kCustomer,
       false,
       {{"new", "neu", .35, .94}, {"returning", "wiederkehrend", .65, 1.03}}},
      {"device",
       "device",
       "device",
       AttributeKind::kContext,
       false,
       {{"app", "App", .45, 1.04},
        {"desktop", "Desktop", .30, .98},
        {"mobile web", "Mobil", .25, .95}}},
      {"model_version",
       "modell_version",
       "model_version",
       AttributeKind::kContext,
       true,
       {{"v11", "v11", .30, .96}, {"v12", "v12", .70, 1.02}}},
      {"item_category",
       "artikel_kategorie",
       "category",
       AttributeKind::kItem,
       false,
       {{"accessories", "Accessoires", .20, 1.02},
        {"coats", "Jacken", .18, .97},
        {"dresses", "Kleider", .22, 1.05},
        {"shirts", "Hemden", .25, 1.00},
        {"shoes", "Schuhe", .15, .95}}},
      {"item_collection",
       "artikel_kollektion",
       "collection",
       AttributeKind::kItem,
       true,
       {{"Autumn", "Herbst", .45, 1.00},
        {"Spring", "Frühling", 0, 1.00},
        {"Summer", "Sommer", .20, .93},
        {"Winter", "Winter", .35, 1.04}}},
      {"item_price_band",
       "artikel_preisklasse",
       "price_band",
       AttributeKind::kItem,
       false,
       {{"high", "hoch", .20, .92},
        {"low", "niedrig", .35, 1.05},
        {"medium", "mittel", .45, 1.00}}},
      {"item_sustainable",
       "artikel_nachhaltig",
       "sustainable",
       AttributeKind::kItem,
       false,
       {{"no", "nein", .60, .99}, {"yes", "ja", .40, 1.015}}},
  }};
  return kTable;
}

std::vector<AttributeIndex> WrittenAttributes(const WorldOptions& options) {
  std::vector<AttributeIndex> written;
  for (std::size_t index = 0; index < kAttributeCount; ++index) {
    if (options.wide_attributes || Attributes()[index].always) {
      written.push_back(static_cast<AttributeIndex>(index));
    }
  }
  return written;
}

std::string_view AttributeName(AttributeIndex attribute, Language language) {
  const AttributeWords& words = Attributes()[attribute];
  return language == Language::kGerman ? words.german : words.english;
}

std::string_view ValueName(AttributeIndex attribute, std::size_t value, Language language) {
  const ValueWords& words = Attributes()[attribute].values[value];
  return language == Language::kGerman ? words.german : words.english;
}

const ColumnWords& Columns(Language language) {
  static const ColumnWords kEnglish = {
      .id = "recommendation_id",
      .shown_at = "recommended_at",
      .customer_id = "customer_id",
      .item_id = "item_id",
      .position = "position",
      .score = "score",
      .list_id = "list_id",
      .truth = "ground_truth_available",
      .happened = {"clicked", "purchased", "returned"},
      .happened_at = {"clicked_at", "purchased_at", "returned_at"},
      .stage = "stage",
      .outcome_at = "happened_at",
      .event_id = "event_id",
      .arrived_at = "arrived_at",
      .retracted = "retracted",
      .yes = "true",
      .no = "false",
      .delimiter = ',',
      .decimal_mark = '.',
  };
  static const ColumnWords kGerman = {
      .id = "empfehlungs_id",
      .shown_at = "angezeigt_am",
      .customer_id = "kunden_id",
      .item_id = "artikel_id",
      .position = "position",
      .score = "score",
      .list_id = "listen_id",
      .truth = "ergebnis_bestaetigt",
      .happened = {"geklickt", "gekauft", "retourniert"},
      .happened_at = {"geklickt_am", "gekauft_am", "retourniert_am"},
      .stage = "stage",
      .outcome_at = "happened_at",
      .event_id = "event_id",
      .arrived_at = "arrived_at",
      .retracted = "retracted",
      .yes = "ja",
      .no = "nein",
      .delimiter = ';',
      .decimal_mark = ',',
  };
  return language == Language::kGerman ? kGerman : kEnglish;
}

}  // namespace ripen::sim
