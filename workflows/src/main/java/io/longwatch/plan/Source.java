package io.longwatch.plan;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The checklist a plan came from. Boxes are numbered in the order they stand there, from 1.
 *
 * @param checklist file name
 * @param sha256 digest of the file, in hex
 * @param boxes how many boxes it has
 * @param parents boxes that only sum up others, with the boxes under them
 * @param afterDeployment boxes that speak of the time after the deployment: no earlier result ticks them
 */
public record Source(
        String checklist,
        String sha256,
        int boxes,
        SortedMap<Integer, List<Integer>> parents,
        SortedSet<Integer> afterDeployment) {
    /** Most boxes that a checklist has: no person walks more. */
    public static final int MOST_BOXES = 10_000;
}
