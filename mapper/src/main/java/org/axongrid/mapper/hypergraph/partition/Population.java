package org.axongrid.mapper.hypergraph.partition;

import java.util.ArrayList;
import java.util.List;

/** The best partitions so far, best first, no two with the same number of packets. */
final class Population {
    private final Problem problem;
    private final int most;
    private final List<Solution> members = new ArrayList<>();

    /**
     * @param problem what the members cut
     * @param most    members at most
     */
    Population(Problem problem, int most) {
        this.problem = problem;
        this.most = most;
    }

    /** Takes a partition in where it belongs. @return whether it is the new best */
    boolean admit(Solution solution) {
        int at = 0;
        while (at < members.size() && !solution.betterThan(members.get(at), problem.cores())) {
            at++;
        }
        boolean twin = at > 0 && members.get(at - 1).packets() == solution.packets()
            && members.get(at - 1).overload() == solution.overload();
        if (!twin) {
            members.add(at, solution);
            if (members.size() > most) {
                members.remove(most);
            }
        }
        return at == 0;
    }

    Solution best() {
        return members.get(0);
    }

    int size() {
        return members.size();
    }

    /** @return a member, the better the likelier */
    Solution draw(Dice dice) {
        return members.get(Math.min(dice.below(members.size()), dice.below(members.size())));
    }

    /** @return any member */
    Solution any(Dice dice) {
        return members.get(dice.below(members.size()));
    }
}
