# Every domain of the table plan with R's survey package, from the files that `cargo bench --bench estimates` writes.
# usage: Rscript svyby.R FOLDER; prints the seconds, and writes FOLDER/svyby.csv. Reading is not timed.
suppressPackageStartupMessages(library(survey))
folder <- commandArgs(trailingOnly = TRUE)[1]
read <- function(name) read.csv(file.path(folder, name), colClasses = "numeric")
people <- read("respondents.csv")
cells <- read("population.csv")
names(cells)[4] <- "Freq"
cells <- cells[cells$Freq > 0, ]
district <- aggregate(Freq ~ district, cells, sum)
people$in_district <- district$Freq[match(people$district, district$district)]
measures <- grep("^y", names(people), value = TRUE)
what <- reformulate(measures)

began <- proc.time()[["elapsed"]]
design <- svydesign(ids = ~1, strata = ~district, fpc = ~in_district, data = people)
design <- postStratify(design, ~district + sex + age, cells)
total <- svymean(what, design)
tables <- lapply(list(~sex, ~age, ~sex + age, ~district, ~district + sex, ~district + age),
                 function(by) svyby(what, by, design, svymean, vartype = "se"))
cat(proc.time()[["elapsed"]] - began, "\n")

long <- function(table) {
  by <- function(name) if (name %in% names(table)) table[[name]] else NA
  do.call(rbind, lapply(measures, function(m) data.frame(
    district = by("district"), sex = by("sex"), age = by("age"), measure = m,
    estimate = table[[m]], se = table[[paste0("se.", m)]])))
}
all <- data.frame(district = NA, sex = NA, age = NA, measure = measures, estimate = as.numeric(coef(total)), se = as.numeric(SE(total)))
all <- rbind(all, do.call(rbind, lapply(tables, long)))
write.csv(format(all, digits = 17), file.path(folder, "svyby.csv"), row.names = FALSE, na = "")
