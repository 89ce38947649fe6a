package org.axongrid.cli.conform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axongrid.isa.InvalidInputException;

/** Rows of a CSV file by column name, and their cells as numbers. */
final class CsvRows {
    private CsvRows() { }

    /** @return the rows; a cell in quotation marks may hold commas, and comes without the marks */
    static List<Map<String, String>> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + (Files.exists(file) ? "not a text file" : "no such file"), e);
        }
        List<Map<String, String>> rows = new ArrayList<>();
        String[] head = lines.isEmpty() ? new String[0] : lines.get(0).split(",");
        for (int n = 1; n < lines.size(); n++) {
            List<String> cells = cells(lines.get(n));
            if (cells.size() != head.length) {
                throw new InvalidInputException(file + ": line " + (n + 1) + ": " + cells.size() + " cells, the header has " + head.length);
            }
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < head.length; i++) {
                row.put(head[i], cells.get(i));
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }

    static String cell(Map<String, String> row, String column, Path file) {
        String cell = row.get(column);
        if (cell == null) {
            throw new InvalidInputException(file + ": no column " + column);
        }
        return cell;
    }

    static long number(Map<String, String> row, String column, Path file) {
        String cell = cell(row, column, file);
        try {
            return Long.parseLong(cell);
        } catch (NumberFormatException e) {
            throw new InvalidInputException(file + ": '" + cell + "' in column " + column + " is no whole number", e);
        }
    }

    /** @return a number that may be too large for an int, cut to its range, so that whoever checks it says what is wrong */
    static int size(Map<String, String> row, String column, Path file) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number(row, column, file)));
    }

    /** @return a number from 0 on, NaN if the cell is empty */
    static double real(Map<String, String> row, String column, Path file) {
        String cell = cell(row, column, file);
        if (cell.isEmpty()) {
            return Double.NaN;
        }
        try {
            double value = Double.parseDouble(cell);
            if (value >= 0 && value < Double.POSITIVE_INFINITY) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new InvalidInputException(file + ": '" + cell + "' in column " + column + " is no number", e);
        }
        throw new InvalidInputException(file + ": " + cell + " in column " + column + " is no number from 0 on");
    }
}
